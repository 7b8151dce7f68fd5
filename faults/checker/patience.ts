// How long is too long. A promise in seconds holds for a healthy system: while a fault struck, the clock of lateness begins
// anew when it was healed.
import type { FaultRecord } from '../history.ts'

/** Milliseconds by which something may be late without any fault: a busy machine, a timer, one look of the relay. */
export const GRACE = 15_000
/** Milliseconds after a heal: the relay waits up to 60 s after many vain rings, and a write's look-up up to its lease. */
export const RECOVERY = 75_000

/** Milliseconds by which `due` was missed at `now`, beyond what is excused; 0 or less when it was not. */
export function lateBy(due: number, now: number, faults: readonly FaultRecord[]): number {
  const heals = faults.filter((fault) => fault.startedAt < now && fault.healedAt >= due - RECOVERY)
  if (heals.length === 0) return now - due - GRACE
  const healed = Math.max(...heals.map((fault) => Math.min(fault.healedAt, now)))
  return now - Math.max(due + GRACE, healed + RECOVERY)
}

/** Seconds for a person to read. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
