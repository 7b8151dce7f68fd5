// What went wrong, classified once: whether Temporal tries again, and what history may say of it (a code, nothing else).
import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { type FailureType, OutsideError } from '../domain/errors.ts'
import { isStoreAway } from '../kernel/store-errors.ts'

const RETRYABLE: Record<FailureType, boolean> = {
  'ModelError.RateLimited': true,
  'ModelError.Unavailable': true,
  'ModelError.Timeout': true,
  'ModelError.Malformed': true,
  'ModelError.Refused': false,
  'BackendError.RateLimited': true,
  'BackendError.Unavailable': true,
  'BackendError.Timeout': true,
  'BackendError.Malformed': true,
  'BackendError.Refused': false,
  CircuitOpen: true,
  'StoreError.Unavailable': true,
  'EffectError.LookAgain': true,
  'EffectError.LeaseOver': true,
  InternalError: true,
}
/** A back end may ask for a longer pause than our back-off, but not for longer than a turn can bear. */
const LONGEST_PAUSE = 10_000

export function classify(error: unknown): FailureType {
  if (error instanceof OutsideError) return error.type
  return isStoreAway(error) ? 'StoreError.Unavailable' : 'InternalError'
}

/** The failure that history keeps: type and message are the code, and there is no stack and no cause. */
export function recordedFailure(error: unknown): Error {
  if (error instanceof CancelledFailure || (error instanceof Error && error.name === 'AbortError')) {
    return bare(new CancelledFailure('CANCELLED'))
  }
  const type = classify(error)
  const pause = error instanceof OutsideError ? error.retryAfter : undefined
  return bare(
    ApplicationFailure.create({
      type,
      message: type,
      nonRetryable: !RETRYABLE[type],
      ...(pause === undefined ? {} : { nextRetryDelay: Math.min(pause, LONGEST_PAUSE) }),
    }),
  )
}

function bare(failure: Error): Error {
  failure.stack = ''
  return failure
}
