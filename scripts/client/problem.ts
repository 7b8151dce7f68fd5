// How a request can fail for a client: everdesk refused it, or nobody answered.

/** A refusal, from its `application/problem+json` body. */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  /** The stable code, such as `rate_limited`; `unknown` when the body has none. */
  readonly code: string
  /** Seconds of `Retry-After`, when given. */
  readonly retryAfter: number | undefined
  constructor(refusal: { status: number; code: string; detail: string; retryAfter: number | undefined }) {
    super(refusal.detail)
    this.status = refusal.status
    this.code = refusal.code
    this.retryAfter = refusal.retryAfter
  }
}

/** Nobody answered: the connection was refused, broke or took too long. The same request may be sent again. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** Reads a refusal; a body that is no problem document still gives one. */
export async function refusalOf(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => undefined)
  const text = (name: string): string | undefined => {
    const value =
      typeof body === 'object' && body !== null ? Object.entries(body).find(([key]) => key === name) : undefined
    return typeof value?.[1] === 'string' ? value[1] : undefined
  }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new Refused({
    status: response.status,
    code: text('code') ?? 'unknown',
    detail: text('detail') ?? text('title') ?? `everdesk answered with status ${response.status}`,
    retryAfter: Number.isFinite(seconds) ? Math.max(0, seconds) : undefined,
  })
}

/** Whether the same request, sent again later, can succeed: the limit resets, the store comes back. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refused && [429, 502, 503, 504].includes(error.status))
}
