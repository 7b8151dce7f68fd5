// An answer of the API that is no success, as RFC 9457 problem details.

export class Problem extends Error {
  readonly status: number
  /** Stable; `unreachable` when the API did not answer at all. */
  readonly code: string
  readonly body: Record<string, unknown>
  constructor(status: number, code: string, detail: string, body: Record<string, unknown> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.body = body
  }
}

/** The connection failed: it is not known whether the request arrived. */
export const unreachable = (): Problem =>
  new Problem(0, 'unreachable', 'The desk does not answer. Check the connection.')

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const { code, detail } = fields
  return new Problem(
    response.status,
    typeof code === 'string' ? code : `status_${response.status}`,
    typeof detail === 'string' ? detail : 'The desk answered in a way this page does not understand.',
    fields,
  )
}

/** Anything thrown, as something that can be shown. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, 'unexpected', error instanceof Error ? error.message : '')
}
