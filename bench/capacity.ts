// From the measured cost of a turn to what a day of messages needs: plain arithmetic, so that every step can be checked.
import { rounded } from './percentiles.ts'
import type { Cell, Results } from './results.ts'

/** What so many messages a day need. */
export type Capacity = {
  messages_per_day: number
  turns_per_s: { mean: number; peak: number }
  /** Processors busy at the peak, by part, when each is used to `SHARE_USED`. */
  processors: Record<string, number>
  /** Processes of ours: a worker or an API keeps about one processor busy. */
  processes: { worker: number; api: number }
  /** Gigabytes a day at rest. */
  ours_gb_per_day: number
  engine_gb_per_day: number | null
}

/** The busiest hours against the mean (N1). */
export const PEAK = 5
/** The rest is for the death of a neighbour, for vacuum and for garbage. */
export const SHARE_USED = 0.5
const SECONDS = 86_400
/** Turns that the storage figures speak of: 1,000 conversations of 5. */
const TURNS = 5000
const NOT_OURS = ['sandbox', 'load']

/** One message is taken for one turn of three model calls and two reads, which is dear: bursts and rules make turns cheaper. */
export function capacity(results: Results, messagesPerDay: number): Capacity {
  const cost = costOfTurn(results.cells)
  const mean = messagesPerDay / SECONDS
  const peak = mean * PEAK
  const busy = Object.entries(cost).filter(([part]) => !NOT_OURS.includes(part))
  const processors = Object.fromEntries(
    busy.map(([part, milliseconds]) => [part, rounded((peak * milliseconds) / 1000 / SHARE_USED, 2)]),
  )
  const { ours_mb_per_1000, engine_mb_per_1000 } = results.storage
  const perDay = (megabytes: number) => rounded((megabytes / TURNS) * messagesPerDay * (1 / 1024), 2)
  return {
    messages_per_day: messagesPerDay,
    turns_per_s: { mean: rounded(mean, 2), peak: rounded(peak, 2) },
    processors,
    // Two of each at least: one may die.
    processes: {
      worker: Math.max(2, Math.ceil(processors['worker'] ?? 0)),
      api: Math.max(2, Math.ceil(processors['api'] ?? 0)),
    },
    ours_gb_per_day: perDay(ours_mb_per_1000),
    engine_gb_per_day: engine_mb_per_1000 === null ? null : perDay(engine_mb_per_1000),
  }
}

/** Of the busiest cell: at low load every turn also pays for processes that only wait. */
export function costOfTurn(cells: readonly Cell[]): Record<string, number> {
  const [busiest] = cells.toSorted((a, b) => b.turns_per_s - a.turns_per_s)
  return busiest?.cpu_ms_per_turn ?? {}
}
