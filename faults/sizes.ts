// How large a run is.
import type { LoadSize } from './plan/load-plan.ts'

/** A named size of the command, or one of a test's own. */
export interface RunSize extends LoadSize {
  faults: number
  /** Conversations at a time. */
  atOnce: number
  /** Of the scripted model: milliseconds before it begins, tokens a second. So there is always work in flight to strike. */
  model: { latency_ms: number; tokens_per_second: number }
  /** Milliseconds that customers wait for an answer, work for its recovery, and the run for its end. */
  patience: number
}

const model = { latency_ms: 250, tokens_per_second: 120 }

export const SIZES = {
  /** What CI runs. */
  smoke: { conversations: 200, messages: 5, faults: 40, atOnce: 14, model, patience: 150_000 },
  /** What the README's figure comes from. */
  full: { conversations: 1000, messages: 5, faults: 300, atOnce: 14, model, patience: 180_000 },
  /** To see that everything works, and for planted bugs. */
  small: { conversations: 12, messages: 5, faults: 4, atOnce: 6, model, patience: 60_000 },
} satisfies Record<string, RunSize>
