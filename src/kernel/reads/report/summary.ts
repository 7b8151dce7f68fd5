// The supervisor's page [H5]: how conversations ended, how long people were waited for, what it cost and what customers thought.
// Counted from rows each time it is read; nothing is kept beside them that could disagree.
import { DEFAULT_POLICY } from '../../../domain/policy.ts'
import type { Kernel } from '../../kernel.ts'
import { type Cohort, cohorts } from './cohorts.ts'
import { type Opinion, opinions } from './opinions.ts'
import { type Change, changes } from './changes.ts'
import { type HandoffTally, handoffsByReason, handoffTallies } from './handoff-tallies.ts'

export type ReportRequest = { days: number; desk?: string | undefined; intent?: string | undefined }
export type ReportSummary = {
  from: string
  to: string
  /** What the desk wants to reach. */
  goals: Goals
  totals: Omit<Cohort, 'decided'> & HandoffTally & Thumbs & { rating_mean: number | null }
  days: (Pick<Cohort, 'conversations' | 'resolved_without_person' | 'resolution_rate' | 'cost_usd'> &
    HandoffTally &
    Thumbs & { day: string })[]
  intents: (Pick<Cohort, 'conversations' | 'resolution_rate' | 'cost_usd' | 'came_back'> &
    Pick<HandoffTally, 'wait_p50_s'> &
    Thumbs & { intent: string; days: (number | null)[] })[]
  /** `before`: handoffs in as many days before these. */
  reasons: { reason: string; handoffs: number; before: number; wait_p50_s: number | null }[]
  specialists: (Opinion & { specialist: string; model: string | null; prompt_version: string | null })[]
  changes: Change[]
}
/** `wait_s`: how long an offer of normal priority may wait; `cost_usd`: the most that one conversation may cost. */
export type Goals = { resolution_rate: number; wait_s: number; cost_usd: number }
type Thumbs = Pick<Opinion, 'up' | 'down'>

const DAY = 86_400_000
/** N6. */
const RESOLVED_WITHOUT_PERSON = 0.8
const NO_COHORT: Cohort = {
  conversations: 0,
  resolved: 0,
  resolved_without_person: 0,
  decided: 0,
  resolution_rate: null,
  cost_usd: '0.000000',
  came_back: 0,
}
const NO_HANDOFFS: HandoffTally = { handoffs: 0, wait_p50_s: null, wait_p95_s: null }
const NO_THUMBS: Thumbs = { up: 0, down: 0 }

/** The last `days` days in UTC, today included. */
export async function reportSummary(kernel: Kernel, request: ReportRequest): Promise<ReportSummary> {
  const to = kernel.now()
  const from = new Date(Math.floor(to.getTime() / DAY) * DAY - (request.days - 1) * DAY)
  const window = { from, to, desk: request.desk, intent: request.intent }
  const before = { ...window, from: new Date(from.getTime() - request.days * DAY), to: from }
  const [ended, handed, earlier, thought, changed] = await Promise.all([
    cohorts(kernel, window),
    handoffTallies(kernel, window),
    handoffsByReason(kernel, before),
    opinions(kernel, window),
    changes(kernel, window),
  ])
  const { decided: _, ...total } = ended.total ?? NO_COHORT
  const days = daysOf(from, request.days)
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    goals: goalsOf(kernel, request.desk),
    totals: {
      ...total,
      ...(handed.total ?? NO_HANDOFFS),
      ...(thought.total ?? NO_THUMBS),
      rating_mean: thought.ratingMean,
    },
    days: days.map((day) => {
      const { conversations, resolved_without_person, resolution_rate, cost_usd } = ended.days.get(day) ?? NO_COHORT
      return {
        day,
        conversations,
        resolved_without_person,
        resolution_rate,
        ...(handed.days.get(day) ?? NO_HANDOFFS),
        cost_usd,
        ...(thought.days.get(day) ?? NO_THUMBS),
      }
    }),
    intents: [...ended.intents].map(([intent, { conversations, resolution_rate, cost_usd, came_back }]) => ({
      intent,
      conversations,
      resolution_rate,
      cost_usd,
      came_back,
      wait_p50_s: handed.intents.get(intent)?.wait_p50_s ?? null,
      ...(thought.intents.get(intent) ?? NO_THUMBS),
      days: days.map((day) => ended.intentDays.get(`${intent} ${day}`)?.resolution_rate ?? null),
    })),
    reasons: [...handed.reasons].map(([reason, { handoffs, wait_p50_s }]) => ({
      reason,
      handoffs,
      before: earlier.get(reason) ?? 0,
      wait_p50_s,
    })),
    specialists: thought.specialists,
    changes: changed,
  }
}

/** Of the named desk, else of the first. */
function goalsOf({ desks }: Kernel, name: string | undefined): Goals {
  const policy = (desks.get(name ?? '') ?? [...desks.values()][0])?.policy ?? DEFAULT_POLICY
  const { people, budgetUsd } = policy
  return { resolution_rate: RESOLVED_WITHOUT_PERSON, wait_s: people.claim.normal / 1000, cost_usd: budgetUsd }
}

const daysOf = (from: Date, count: number): string[] =>
  Array.from({ length: count }, (_, index) => new Date(from.getTime() + index * DAY).toISOString().slice(0, 10))
