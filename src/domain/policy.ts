// What a desk decides as data: timers, limits, deadlines. Durations are milliseconds, money is US dollars.
import type { Priority } from './conversation.ts'

export type DeskPolicy = {
  /** Part of every approval's digest and of the search attributes. */
  version: string
  timers: { followUpAfter: number; resolveAfter: number; closeAfter: number }
  turn: {
    /** From takeNext to the last word, or the failure note. */
    deadline: number
    rounds: number
    transfers: number
    failedToolCalls: number
    toolCallsPerReply: number
    /** Longest tool result put into a prompt, in characters. */
    toolResultLength: number
  }
  /** Below it the router asks; below it again it escalates. */
  confidence: number
  budgetUsd: number
  /** How long an offered handoff may wait before it is offered again at a higher priority. */
  handoffDeadline: Record<Priority, number>
  effects: {
    /** L of rule 10: a first send may start until sent_at + L, and only after it a look-up may conclude `unknown`. */
    sendLease: number
    retryFirst: number
    retryMost: number
  }
  memory: { verbatim: number; summariseAfter: number }
  /** A run continues as new, between turns, once its history has this many events. */
  renewAfterEvents: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

export const DEFAULT_POLICY: Omit<DeskPolicy, 'version'> = {
  timers: { followUpAfter: 10 * minute, resolveAfter: 24 * hour, closeAfter: 7 * 24 * hour },
  turn: {
    deadline: 120 * second,
    rounds: 5,
    transfers: 2,
    failedToolCalls: 3,
    toolCallsPerReply: 8,
    toolResultLength: 16_000,
  },
  confidence: 0.7,
  budgetUsd: 0.5,
  handoffDeadline: { low: hour, normal: 15 * minute, high: 10 * minute, urgent: 5 * minute },
  effects: { sendLease: 15 * second, retryFirst: second, retryMost: 5 * minute },
  memory: { verbatim: 10, summariseAfter: 20 },
  renewAfterEvents: 1000,
}
