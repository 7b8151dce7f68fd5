// What a failed connection says about the request. The one question that matters for a write: may it have arrived?

// Failures of looking up, connecting and of TLS: nothing of the request was sent.
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])
const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])

/** `ambiguous` is false only where the request certainly never left. */
export type NetworkFailure = { kind: 'Unavailable' | 'Timeout'; code: string; ambiguous: boolean }

/** Reads the code out of what `fetch` throws, however deep it is wrapped. */
export function networkFailure(error: unknown): NetworkFailure {
  const code = codeOf(error) ?? 'unknown'
  return { kind: TIMED_OUT.has(code) ? 'Timeout' : 'Unavailable', code, ambiguous: !NEVER_SENT.has(code) }
}

function codeOf(error: unknown, depth = 0): string | undefined {
  if (depth > 5 || typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  // Happy eyeballs: one error for each address that was tried.
  if (error instanceof AggregateError) return codeOf(error.errors[0], depth + 1)
  return 'cause' in error ? codeOf(error.cause, depth + 1) : undefined
}
