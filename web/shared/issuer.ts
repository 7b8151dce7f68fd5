// The issuer as its discovery document describes it, and what it says when it refuses.

export type Issuer = {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  end_session_endpoint?: string
  /** The issuer names itself in its answer (RFC 9207), so that a mixed-up one is noticed. */
  authorization_response_iss_parameter_supported?: boolean
}

export type SignInFault = 'issuer_away' | 'refused' | 'out_of_order'

/** Why nobody is signed in; `message` is for whoever looks at the page. */
export class SignInError extends Error {
  readonly fault: SignInFault
  /** The issuer's own code, such as `access_denied`. */
  readonly code: string | undefined
  constructor(fault: SignInFault, message: string, code?: string) {
    super(message)
    this.fault = fault
    this.code = code
  }
}

export const issuerAway = (): SignInError =>
  new SignInError('issuer_away', 'The sign-in service does not answer. Nothing is wrong with your account.')

/** Throws SignInError `issuer_away`. */
export async function discover(issuer: string): Promise<Issuer> {
  const found = await answerOf(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  if (!found.ok || found.body['issuer'] !== issuer) throw issuerAway()
  return found.body as Issuer
}

/** Asks the token endpoint. Throws SignInError. */
export async function askForTokens(endpoint: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  const { ok, status, body } = await answerOf(endpoint, { method: 'POST', body: new URLSearchParams(form) })
  if (ok) return body
  // Too busy is not a refusal: what was asked with is as good as before.
  if (status >= 500 || status === 429) throw issuerAway()
  const code = typeof body['error'] === 'string' ? body['error'] : `status ${status}`
  throw new SignInError('refused', 'The sign-in service did not accept this sign-in. Start again.', code)
}

async function answerOf(url: string, init: RequestInit = {}) {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) })
    const body: unknown = await response.json()
    return { ok: response.ok, status: response.status, body: body as Record<string, unknown> }
  } catch {
    throw issuerAway()
  }
}
