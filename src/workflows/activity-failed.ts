// Whether an activity gave up. A regular one rejects with ActivityFailure around what it threw, a local one with the bare
// ApplicationFailure: asking for one of them alone would let the other fail the run.
import { ApplicationFailure, isCancellation, TemporalFailure } from '@temporalio/workflow'

export const activityFailed = (error: unknown): error is TemporalFailure =>
  error instanceof TemporalFailure && !isCancellation(error)

/** The type that activities/failures.ts gave it, if it is one of ours. */
export function failureType(error: TemporalFailure): string | null {
  const found = error instanceof ApplicationFailure ? error : error.cause
  return found instanceof ApplicationFailure ? (found.type ?? null) : null
}
