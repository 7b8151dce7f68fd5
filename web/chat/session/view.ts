// All that the chat shows, as one value.
import { EMPTY, type Transcript } from '../conversation/transcript.ts'
import type { Unsent } from '../conversation/outbox.ts'

export type Rating = 'up' | 'down'
export type Next = { kind: 'follow_up' | 'resolve' | 'close' | 'handoff' | 'approval'; at: string }

export type ChatView = {
  conversation: string | undefined
  transcript: Transcript
  unsent: readonly Unsent[]
  /** Id of what is on its way just now. */
  sending: string | undefined
  /** `idle`: there is no conversation to follow. */
  connection: 'idle' | 'connecting' | 'live' | 'waiting'
  /** What stood there before is not all here yet. */
  loading: boolean
  guest: boolean
  name: string | undefined
  /** The token is over, or the conversation went on under another one. */
  ended: 'signed_out' | 'gone' | undefined
  /** Seconds the desk wants to wait before the next message. */
  pause: number | undefined
  ratings: Readonly<Record<string, Rating>>
  rated: boolean
  /** Ended by the customer, when the running turn is over. */
  closing: boolean
  next: Next | undefined
  /** What was asked for last did not go through. */
  problem: boolean
  /** Events up to this one were seen with the chat open. */
  seen: number
}

export const startView = (guest: boolean, name: string | undefined): ChatView => ({
  conversation: undefined,
  transcript: EMPTY,
  unsent: [],
  sending: undefined,
  connection: 'idle',
  loading: false,
  guest,
  name,
  ended: undefined,
  pause: undefined,
  ratings: {},
  rated: false,
  closing: false,
  next: undefined,
  problem: false,
  seen: -1,
})

/** How many words of the desk came since the chat was last open. */
export const unreadIn = ({ transcript, seen }: ChatView): number =>
  transcript.entries.filter(({ kind, seq }) => seq > seen && (kind === 'ai' || kind === 'person' || kind === 'system'))
    .length
