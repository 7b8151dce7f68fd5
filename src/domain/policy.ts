// What a desk decides as data: timers, limits, deadlines. Durations are milliseconds, money is US dollars.
import { type ApprovalPolicy, DEFAULT_APPROVALS } from './approval-policy.ts'
import type { Priority } from './conversation.ts'
import type { OpeningHours } from './opening-hours.ts'

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
  people: PeoplePolicy
  effects: {
    /** L of rule 10: a send may start until allowed_at + L, and only after it a look-up may conclude `unknown`. */
    sendLease: number
    retryFirst: number
    retryMost: number
  }
  memory: { verbatim: number; summariseAfter: number }
  /** Which writes need whose consent. */
  approvals: ApprovalPolicy
  /** A run continues as new, between turns, once its history has this many events. */
  renewAfterEvents: number
}

/** What customers may expect of people. Waits are milliseconds of working hours. */
export type PeoplePolicy = {
  /** When people are at work; null: around the clock. */
  hours: OpeningHours | null
  /** How long an offered handoff may wait to be claimed. */
  claim: Record<Priority, number>
  /** How long whoever claimed it has at least until the first word; the time the customer was told counts when it is later. */
  firstWord: Record<Priority, number>
  /** How long a customer's later message may wait. */
  nextWord: Record<Priority, number>
  /** How long a person may keep a conversation in which nobody waits; on the wall clock. */
  quiet: number
  /** Longest pause between two pages for the same handoff. */
  pageAtMost: number
  /** Names that a conversation can be transferred to, kebab-case. Everybody may claim what a team was given. */
  teams: readonly string[]
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
  people: {
    hours: null,
    claim: { low: hour, normal: 15 * minute, high: 10 * minute, urgent: 5 * minute },
    firstWord: { low: 20 * minute, normal: 10 * minute, high: 5 * minute, urgent: 3 * minute },
    nextWord: { low: hour, normal: 20 * minute, high: 10 * minute, urgent: 5 * minute },
    quiet: 24 * hour,
    pageAtMost: hour,
    teams: [],
  },
  effects: { sendLease: 15 * second, retryFirst: second, retryMost: 5 * minute },
  memory: { verbatim: 10, summariseAfter: 20 },
  approvals: DEFAULT_APPROVALS,
  // A dozen turns. Longer histories made a killed worker's runs cost more to replay than their tasks may take.
  renewAfterEvents: 150,
}
