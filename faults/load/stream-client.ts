// A client of a conversation's event stream that always comes back: after a break of its own, a cut line or a silent one, with
// the last id it has seen, now to one API and then to another.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerSentEvent } from '../../web/shared/event-parser.ts'
import { eventsOf } from '../../scripts/client/server-sent-events.ts'
import type { Stream } from '../history.ts'
import type { Clients, Person } from './clients.ts'

/** The server says something every 15 s; a line that is quiet for longer is dead. */
const SILENCE = 20_000

export type StreamClient = ReturnType<typeof openStreamClient>

/** Connects at once and stays connected until `stop`. */
export function openStreamClient(
  clients: Clients,
  person: Person,
  follow: { conversation: string; api: number; breakAfter: number; over: AbortSignal },
) {
  const stream = clients.recorder.stream(person.id, follow.conversation, 0)
  const stopped = new AbortController()
  const ended = AbortSignal.any([stopped.signal, follow.over])
  let resting = Promise.withResolvers<void>()
  resting.resolve()
  let leave = new AbortController()
  const changed = { wake: () => undefined as void }
  let api = follow.api
  let left = follow.breakAfter

  const connectOnce = async (): Promise<void> => {
    const broken = new AbortController()
    leave = broken
    const quiet = setTimeout(() => broken.abort(), SILENCE)
    try {
      const last = stream.events.at(-1)?.seq
      const answer = await fetch(
        clients.at(api, `/conversations/${follow.conversation}/events?after=${stream.after}`),
        {
          headers: {
            authorization: `Bearer ${person.token}`,
            accept: 'text/event-stream',
            ...(last === undefined ? {} : { 'last-event-id': String(last) }),
          },
          signal: AbortSignal.any([ended, broken.signal]),
        },
      )
      if (!answer.ok || !answer.body) return
      stream.connections += 1
      for await (const event of eventsOf(answer.body, () => void quiet.refresh())) {
        note(stream, event)
        changed.wake()
        if (event.id !== undefined && follow.breakAfter > 0 && (left -= 1) === 0) return broken.abort()
      }
    } catch {
      // Broken off, by itself or by a fault: it comes back.
    } finally {
      clearTimeout(quiet)
    }
  }
  const running = (async () => {
    while (!ended.aborted) {
      await resting.promise
      await connectOnce()
      left = follow.breakAfter
      api += 1
      await sleep(300, undefined, { signal: ended }).catch(() => undefined)
    }
  })()

  return {
    stream,
    /** Resolves when something new was seen, or after `patience` milliseconds. */
    async news(patience: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, patience)
      changed.wake = resolve
      await promise
      clearTimeout(timer)
    },
    /** Disconnects until `finish`: a customer who has gone away. */
    rest(): void {
      resting = Promise.withResolvers<void>()
      leave.abort()
    },
    /** Comes back, stays until the event of this number was seen, at most `patience` milliseconds, and leaves. */
    async finish(lastSeq: number, patience: number): Promise<void> {
      resting.resolve()
      const deadline = Date.now() + patience
      while ((stream.events.at(-1)?.seq ?? 0) < lastSeq && Date.now() < deadline) await sleep(100)
      stream.stayedFor = lastSeq
      await this.stop()
    },
    async stop(): Promise<void> {
      stopped.abort()
      resting.resolve()
      await running
    },
  }
}

function note(stream: Stream, { id, event, data: text }: ServerSentEvent): void {
  const at = Date.now()
  const data = JSON.parse(text) as Record<string, unknown>
  if (id !== undefined) {
    stream.events.push({ seq: Number(id), type: event, at, key: keyOf(data) })
    return
  }
  const messageId = String(data['message_id'])
  const last = stream.drafts.findLast((draft) => draft.messageId === messageId)
  if (event === 'message-restarted') stream.drafts.push({ messageId, at, text: null })
  if (event !== 'message-delta') return
  const piece = String(data['text'])
  if (last && last.text !== null) Object.assign(last, { text: last.text + piece, at })
  else stream.drafts.push({ messageId, at, text: piece })
}

/** What the event is about: of two events with the same type and key one is a repeat. */
function keyOf(data: Record<string, unknown>): string {
  const message = data['message'] as { id?: string } | undefined
  const parts = [message?.id, data['message_id'], data['handoff_id'], data['turn'], data['call_id']]
  return parts.filter((part) => typeof part === 'string' || typeof part === 'number').join('/')
}
