// Reads what a JWT says. It is not verified here: the API verifies every access token, and an ID token comes from the
// issuer's own token endpoint over TLS (OpenID Connect Core 3.1.3.7).

export type Claims = Record<string, unknown>

/** Undefined when the token is no JWT, which an access token need not be. */
export function claimsOf(token: string | undefined): Claims | undefined {
  const [, payload, signature] = token?.split('.') ?? []
  if (payload === undefined || signature === undefined) return undefined
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? (claims as Claims) : undefined
  } catch {
    return undefined
  }
}

/** The first claim of this name that is a text, looking into each token in turn. */
export function textClaim(name: string, ...tokens: (string | undefined)[]): string | undefined {
  return tokens
    .map((token) => claimsOf(token)?.[name])
    .find((value): value is string => typeof value === 'string' && value !== '')
}
