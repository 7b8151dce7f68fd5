// Errors as RFC 9457 problem details. A 5xx never says why; the log does.
import type { Response } from 'express'
import { PROBLEM_STATUS, type ProblemCode, Refusal } from '../domain/errors.ts'

export type FieldError = { pointer: string; detail: string }

const TITLES: Record<ProblemCode, string> = {
  malformed: 'The request cannot be read',
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  not_acceptable: 'Not acceptable',
  already_claimed: 'Already claimed',
  assigned_to_other: 'Given to a colleague',
  already_decided: 'Already decided',
  wrong_digest: 'Not what was shown',
  expired: 'Expired',
  not_yours: 'Not yours',
  conflict: 'Conflict',
  too_large: 'Too large',
  unsupported_media_type: 'Unsupported media type',
  invalid_request: 'Invalid request',
  idempotency_conflict: 'Idempotency conflict',
  rate_limited: 'Too many requests',
  internal: 'Internal error',
  temporarily_unavailable: 'Temporarily unavailable',
}

/** Seconds after which a 503 may be tried again. */
const RETRY_AFTER = 2

export const invalid = (detail: string, errors: FieldError[] = []): Refusal =>
  new Refusal('invalid_request', detail, { errors })

export const notFound = (what: string): Refusal => new Refusal('not_found', `There is no such ${what}.`)

/** `retryAfter` in seconds. */
export const unavailable = (detail: string, retryAfter = RETRY_AFTER): Refusal =>
  new Refusal('temporarily_unavailable', detail, { retryAfter })

/** Writes the refusal as the answer. `extra.headers` become headers, `extra.retryAfter` Retry-After, the rest members. */
export function sendProblem(response: Response, refusal: Refusal): void {
  const { headers, retryAfter, ...members } = refusal.extra
  const status = PROBLEM_STATUS[refusal.code]
  if (headers && typeof headers === 'object') response.set(headers as Record<string, string>)
  const wait = retryAfter ?? (status === 503 ? RETRY_AFTER : undefined)
  if (wait !== undefined) response.set('Retry-After', `${Number(wait)}`)
  response.status(status).type('application/problem+json')
  const title = TITLES[refusal.code]
  response.end(
    JSON.stringify({ type: 'about:blank', title, status, detail: refusal.message, code: refusal.code, ...members }),
  )
}
