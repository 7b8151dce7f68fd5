// What GET /v1/reports/summary answers: the numbers of some days, as a supervisor reads them.

/** Shares are 0 to 1, waits seconds, costs US dollars as decimal text; null where nothing was counted. */
export interface Summary {
  /** The first and the last day, ISO. */
  from: string
  to: string
  /** What the desk wants to reach; drawn as lines. */
  goals: { resolution_rate: number; wait_s: number; cost_usd: number }
  totals: SummaryTotals
  days: SummaryDay[]
  intents: SummaryIntent[]
  reasons: { reason: string; handoffs: number; before: number; wait_p50_s: number | null }[]
  specialists: { specialist: string; model: string | null; prompt_version: string | null; up: number; down: number }[]
  /** New policies and prompts within these days. */
  changes: SummaryChange[]
}

export interface SummaryTotals {
  conversations: number
  resolved: number
  resolved_without_person: number
  resolution_rate: number | null
  handoffs: number
  wait_p50_s: number | null
  wait_p95_s: number | null
  cost_usd: string
  up: number
  down: number
  /** Mean of 1 to 5. */
  rating_mean: number | null
}

export interface SummaryDay {
  /** YYYY-MM-DD */
  day: string
  conversations: number
  resolved_without_person: number
  resolution_rate: number | null
  handoffs: number
  wait_p50_s: number | null
  wait_p95_s: number | null
  cost_usd: string
  up: number
  down: number
}

export interface SummaryIntent {
  intent: string
  conversations: number
  resolution_rate: number | null
  wait_p50_s: number | null
  /** Conversations that were resolved and reopened. */
  came_back: number
  cost_usd: string
  up: number
  down: number
  /** Resolution rate of each of the report's days. */
  days: (number | null)[]
}

export interface SummaryChange {
  at: string
  kind: 'policy' | 'prompt'
  desk: string
  /** Whose prompt. */
  specialist: string | null
  version: string
}

/** Which numbers are asked for; an empty intent means all. */
export interface SummaryQuery {
  days: number
  intent: string
}
