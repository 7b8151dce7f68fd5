// How much is measured: seconds for a first look, minutes for figures to write down.
import type { CellPlan } from './cell.ts'
import type { StoragePlan } from './storage.ts'

export type Plan = {
  storage: StoragePlan
  cells: CellPlan[]
  /** Arrivals a second as shares of the most turns a second seen; none: no open loop. */
  openLoop: { latency: number; shares: number[]; warm: number; measure: number } | null
  /** Customers and pairs of orders for all of it. */
  customers: number
  pairs: number
}

const second = 1000

/** Under three minutes. */
export const QUICK: Plan = {
  storage: { conversations: 60, concurrency: 12 },
  cells: [
    { latency: 0, concurrency: 1, warm: second, measure: 6 * second },
    { latency: 0, concurrency: 16, warm: 2 * second, measure: 10 * second },
    { latency: 50, concurrency: 16, warm: 2 * second, measure: 8 * second },
    { latency: 1000, concurrency: 32, warm: 4 * second, measure: 12 * second },
  ],
  openLoop: null,
  customers: 100,
  pairs: 50,
}

/** About twenty minutes. */
export const FULL: Plan = {
  storage: { conversations: 1000, concurrency: 16 },
  cells: [
    { latency: 0, concurrency: 1, warm: 3 * second, measure: 20 * second },
    { latency: 0, concurrency: 4, warm: 3 * second, measure: 20 * second },
    { latency: 0, concurrency: 16, warm: 5 * second, measure: 30 * second },
    { latency: 0, concurrency: 64, warm: 5 * second, measure: 30 * second },
    { latency: 50, concurrency: 1, warm: 3 * second, measure: 20 * second },
    { latency: 50, concurrency: 16, warm: 5 * second, measure: 30 * second },
    { latency: 1000, concurrency: 1, warm: 4 * second, measure: 30 * second },
    { latency: 1000, concurrency: 50, warm: 6 * second, measure: 40 * second },
  ],
  openLoop: { latency: 50, shares: [0.3, 0.6], warm: 5 * second, measure: 40 * second },
  customers: 200,
  pairs: 100,
}
