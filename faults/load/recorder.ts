// The log of a run: every operation of a client as it began and ended, and every stream as it was seen.
import type { Decision, MessageSeen, Operation, PersonAct, Poll, Post, Stream, Transcript } from '../history.ts'

/** What is known of an operation when it begins. */
export type Begun = { actor: string; conversation: string | null } & (Post | Poll | Transcript | PersonAct | Decision)
/** How it ended; `unknown` unless an answer came. */
export interface Ended {
  outcome: Operation['outcome']
  status: number | null
  conversation?: string
  waited?: MessageSeen | null
  seen?: MessageSeen | null
  messages?: Transcript['messages']
}

export type Recorder = ReturnType<typeof createRecorder>

export function createRecorder() {
  const operations: Operation[] = []
  const streams: Stream[] = []
  return {
    /** In the order of their beginnings; those still running are `unknown`. */
    operations,
    streams,
    /** Notes that it was invoked; the returned function notes its end. */
    begin(begun: Begun): (ended: Ended) => void {
      const now = Date.now()
      const operation: Operation = {
        ...begun,
        id: operations.length + 1,
        invokedAt: now,
        endedAt: now,
        outcome: 'unknown',
        status: null,
      }
      operations.push(operation)
      return (ended) => void Object.assign(operation, ended, { endedAt: Date.now() })
    },
    stream(actor: string, conversation: string, after: number): Stream {
      const id = streams.length + 1
      const stream = { id, actor, conversation, after, connections: 0, events: [], drafts: [], stayedFor: null }
      streams.push(stream)
      return stream
    },
  }
}
