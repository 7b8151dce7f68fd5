import { OutsideError } from '../domain/errors.ts'
import { retryAfterOf } from './retry-after.ts'

/** The failure that a status means for a business system. Only a 4xx says for certain that nothing happened. */
export function statusFailure(dependency: string, status: number, headers: Headers): OutsideError {
  const message = `${dependency} answered with status ${status}`
  const retryAfter = retryAfterOf(headers)
  const wait = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429)
    return new OutsideError('BackendError.RateLimited', dependency, message, { ambiguous: false, ...wait })
  if (status === 408) return new OutsideError('BackendError.Timeout', dependency, message, wait)
  if (status >= 500) return new OutsideError('BackendError.Unavailable', dependency, message, wait)
  if (status >= 400) return new OutsideError('BackendError.Refused', dependency, message, { ambiguous: false })
  return new OutsideError('BackendError.Malformed', dependency, message)
}
