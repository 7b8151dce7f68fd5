// The closed set of error codes a client sees, and of failure types Temporal sees. A code never carries personal data.

export const PROBLEM_STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  already_claimed: 409,
  assigned_to_other: 409,
  already_decided: 409,
  wrong_digest: 409,
  expired: 409,
  not_yours: 409,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_request: 422,
  idempotency_conflict: 422,
  rate_limited: 429,
  internal: 500,
  temporarily_unavailable: 503,
} as const
export type ProblemCode = keyof typeof PROBLEM_STATUS

/** A refusal with a code for the client; `detail` says what to do next and holds nothing of anybody else. */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly extra: Record<string, unknown>
  constructor(code: ProblemCode, detail: string, extra: Record<string, unknown> = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.extra = extra
  }
}

/** Dotted failure types of outside calls. Whether Temporal tries again is decided once, in activities/failures.ts. */
export type FailureType =
  | 'ModelError.RateLimited'
  | 'ModelError.Unavailable'
  | 'ModelError.Timeout'
  | 'ModelError.Malformed'
  | 'ModelError.Refused'
  | 'BackendError.RateLimited'
  | 'BackendError.Unavailable'
  | 'BackendError.Timeout'
  | 'BackendError.Malformed'
  | 'BackendError.Refused'
  | 'CircuitOpen'
  | 'StoreError.Unavailable'
  | 'EffectError.LookAgain'
  | 'EffectError.LeaseOver'
  | 'InternalError'

/** A failed outside call. `dependency` names the system; `retryAfter` is in milliseconds. */
export class OutsideError extends Error {
  readonly type: FailureType
  readonly dependency: string
  readonly retryAfter: number | undefined
  /** True when the request may have had its effect all the same. */
  readonly ambiguous: boolean
  constructor(
    type: FailureType,
    dependency: string,
    message: string,
    options: { retryAfter?: number; ambiguous?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'OutsideError'
    this.type = type
    this.dependency = dependency
    this.retryAfter = options.retryAfter
    this.ambiguous = options.ambiguous ?? true
  }
}
