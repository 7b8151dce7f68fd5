// What a run of the fault rig records, and all that its checker reads: what clients did and saw, what was broken, and what
// the store and the back ends hold once everything has healed. Plain JSON; times are epoch milliseconds of one clock.
import type { LedgerRow } from '../stack/sandbox-control.ts'

/** One run, from the first call to the last look. */
export interface History {
  seed: number
  startedAt: number
  /** When load had ended, every fault was healed and everything was settled, or patience was over. */
  endedAt: number
  limits: Limits
  /** In the order of their `invokedAt`. */
  operations: Operation[]
  streams: Stream[]
  faults: FaultRecord[]
  store: StoreRows
  ledger: LedgerRow[]
  /**
   * Whose is what: a text that only one customer may be shown (an order number, a tracking number, an address) and that
   * customer's id. What the intents tell of orders is known without it.
   */
  belongings?: Record<string, string>
}

/** Promised bounds of the run (P1, P7, P8); what exceeds one is a violation. */
export interface Limits {
  /** Code points of a message. */
  textLength: number
  /** Model calls of one turn that the customer waits for, the router's included. */
  modelCallsPerTurn: number
  toolCallsPerTurn: number
  /** US dollars. */
  costPerConversation: number
  /** Milliseconds from the beginning of a turn until it must be over. */
  turn: number
  /** Which writes need a person; left out, none does because of its money. */
  consent?: ConsentLimits
}

/** What the desk's policy promises about money, by the ledger's operation; cents. */
export interface ConsentLimits {
  /** Up to this amount nobody is asked. */
  freeUpTo: Record<string, number>
  /** What a customer's writes of a day may come to before a person is asked; null: anything. */
  dailyCents: number | null
  /** Who is needed: the first step whose `upTo` is not exceeded. */
  steps: { upTo: number | null; role: 'agent' | 'supervisor'; people: number }[]
}

/** What somebody asked of the API. `unknown`: no answer came back, so it may have happened or not. */
export type Operation = {
  /** Counts from 1; unique in the run. */
  id: number
  /** Who: `cust_1234`, or the agent's id. */
  actor: string
  /** Conversation id; null for a start whose answer never came. */
  conversation: string | null
  invokedAt: number
  endedAt: number
  outcome: 'ok' | 'fail' | 'unknown'
  /** HTTP status; null when no answer came. */
  status: number | null
} & (Post | Poll | Transcript | PersonAct | Decision)

/** A message sent, first or later; the same `messageId` again is a repeat of it. */
export interface Post {
  kind: 'start' | 'send'
  messageId: string
  text: string
  intent: Intent
  /** With `Prefer: wait`: what the same answer said of the message; null when it was not waited for, or not in time. */
  waited: MessageSeen | null
}

/** A look at one message. */
export interface Poll {
  kind: 'poll'
  messageId: string
  seen: MessageSeen | null
}

/** A look at the whole conversation. */
export interface Transcript {
  kind: 'transcript'
  messages: TranscriptMessage[] | null
}

/** A command of an agent, or of the customer (`close`). */
export interface PersonAct {
  kind: 'claim' | 'release' | 'take_over' | 'reply' | 'hand_back' | 'close' | 'rule'
  /** Idempotency-Key, or the id of the person's message. */
  key: string
  text?: string
}

/** What a colleague says to a write that waits for a person. */
export interface Decision {
  kind: 'decide'
  /** Idempotency-Key. */
  key: string
  approval: string
  decision: 'approve' | 'refuse'
  role: 'agent' | 'supervisor'
  /** As it was sent; of a colleague who errs it is not the one that was seen. */
  digest: string
  /** What the list had shown. */
  seen: { digest: string; tool: string; arguments: Record<string, unknown> }
}

/** How a message stood when a client looked. */
export interface MessageSeen {
  status: 'accepted' | 'processing' | 'answered' | 'handed_off' | 'failed'
  /** Id of the reply shown with it. */
  replyId: string | null
  replyText: string | null
}

/** A message of the transcript as a client got it. */
export interface TranscriptMessage {
  id: string
  seq: number
  role: string
  text: string
  status?: string
  in_reply_to: string[]
}

/** What a customer wants with a message, known to the rig because it wrote the text. */
export type Intent =
  /** Needs no tool. */
  | { wants: 'talk' }
  /** Asks about an order of his own; an answer may name that order and no other customer's. */
  | { wants: 'read'; order: string }
  /** Asks for exactly this write: `operation`, `key` and `cents` are the ledger's `operation`, `business_key` and `amount_cents`. */
  | { wants: 'write'; operation: string; key: string; cents?: number }
  /** Asks for a write that only a person's consent may bring about. */
  | { wants: 'approval'; operation: string; key: string; cents?: number }
  /** Asks for a write that must be declined or needs a person. */
  | { wants: 'forbidden'; operation: string; key: string }
  | { wants: 'person' }
  /** The API must refuse it with this status; nothing of it may be stored. */
  | { wants: 'refusal'; status: number }

/** One client's view of a conversation's stream: reconnects with the last id it has seen, so one list over all connections. */
export interface Stream {
  /** Counts from 1. */
  id: number
  actor: string
  conversation: string
  /** `after` of the first connection. */
  after: number
  connections: number
  /** Durable events in the order they arrived, repeats included. */
  events: { seq: number; type: string; at: number; key: string }[]
  /** Text the AI was seen to write, by final message id; null once restarted, and then anew. */
  drafts: { messageId: string; at: number; text: string | null }[]
  /** Number of the event for which the reader stayed to the end: nothing up to it may be missing. Null when it broke off. */
  stayedFor: number | null
}

/** One fault of the plan. */
export interface FaultRecord {
  kind: string
  /** Such as `worker 1`, `api-postgres`, `orders`. */
  target: string
  startedAt: number
  healedAt: number
  /** Messages accepted and not yet settled when it struck. */
  inFlight: number
  /** It reached work in flight. */
  hit: boolean
  /** Milliseconds from the heal until everything in flight when it struck was settled; null when it never was. */
  recovery: number | null
}

/** Rows at the end, straight from the tables (columns as they are there; times as epoch milliseconds). */
export interface StoreRows {
  conversations: {
    id: string
    customer_id: string
    status: string
    controlled_by: 'ai' | 'human'
    floor: number
    open_turn: number | null
    last_seq: number
    cost_usd: number
    /** Milliseconds; null when it waits for nothing. */
    wake_at: number | null
  }[]
  messages: {
    conversation_id: string
    id: string
    customer_id: string
    seq: number
    role: 'customer' | 'ai' | 'human' | 'system' | 'note'
    text: string
    status: string | null
    turn: number | null
    in_reply_to: string[]
    created_at: number
  }[]
  /** `audience`: who may see it on a stream; when it is left out, its type tells. */
  events: {
    conversation_id: string
    seq: number
    type: string
    key: string
    at: number
    data: unknown
    audience?: 'all' | 'agents'
  }[]
  turns: {
    conversation_id: string
    number: number
    state: string
    floor: number
    /** The approval whose outcome it carries out and tells. */
    approval_id?: string | null
    outcome: string | null
    reply_message_id: string
    started_at: number
    deadline_at: number
    ended_at: number | null
  }[]
  steps: {
    conversation_id: string
    turn: number
    key: string
    kind: string
    tool: string | null
    outcome: string | null
  }[]
  effects: {
    id: string
    key: string
    conversation_id: string
    customer_id: string
    authority: string
    approval_id?: string | null
    turn: number | null
    tool: string
    arguments?: unknown
    business_key: string | null
    state: 'intended' | 'sent' | 'settled' | 'refused' | 'unknown'
    floor: number
    created_at: number
    sent_at: number | null
    ended_at: number | null
    outcome: unknown
  }[]
  handoffs: {
    id: string
    conversation_id: string
    state: string
    reason: string
    offered_at: number
    claimed_at: number | null
    ended_at: number | null
  }[]
  /** Absent in the records of runs that asked for none. */
  approvals?: {
    id: string
    conversation_id: string
    customer_id: string
    tool: string
    arguments: unknown
    digest: string
    state: string
    needed_role: string
    needed_people: number
    /** Names it in the texts that tell of it. */
    what: string
    created_at: number
    decided_at: number | null
    told_at: number | null
  }[]
  /** What an operator is shown as stuck (P7): ids of conversations on the alert list. */
  stuck: string[]
}
