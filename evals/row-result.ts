// What came of one row: ids, labels and numbers only, so that a file of results carries no customer's text.
import type { Label } from './utterances.ts'

/**
 * - answered, handed_off, failed: what the message's status says (failed: the honest note, and a person).
 * - lost: accepted, but without an outcome when the patience ended, or missing in the transcript.
 * - refused: never accepted.
 */
export type Outcome = 'answered' | 'handed_off' | 'failed' | 'lost' | 'refused'

/** The first `route-decided` event. */
export interface Route {
  intent: string
  specialist: string | null
  by: 'rules' | 'model'
  confidence: number
}

/** One write that the company's systems really made. */
export interface Write {
  system: string
  operation: string
  /** Whether it is the ticket that every handoff makes; else a tool of the turn made it. */
  of: 'tool' | 'handoff'
}

/** One row and everything that is counted of it. */
export interface RowResult {
  id: string
  intent: Label
  also_accept: Label[]
  outcome: Outcome
  conversation_id?: string
  route?: Route
  /** A person was offered the conversation, whatever the message's status says. */
  handed_off: boolean
  /** Names of the tools that started, in order. */
  tools: string[]
  writes: Write[]
  /** What was doubled, in words; empty is good. */
  doubled: string[]
  /** Milliseconds from sending to the last word; absent when there was none. */
  latency_ms?: number
  cost_usd: number
  /** Why it was lost or refused. */
  error?: string
}
