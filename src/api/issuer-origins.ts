// Where the pages may ask during a sign-in. An issuer may have its endpoints elsewhere; its discovery document says where.

const ANSWERS_WITHIN = 2000
/** A document that could not be read is asked for again after this. */
const AGAIN_AFTER = 10_000

/** Origins of the issuer and of its token endpoint; of the issuer alone while it does not answer. */
export function createIssuerOrigins(issuer: string): () => Promise<readonly string[]> {
  const own = [new URL(issuer).origin]
  let known: Promise<readonly string[]> | undefined
  return () => {
    known ??= discovered(issuer).then(
      (origins) => [...new Set([...own, ...origins])],
      () => {
        setTimeout(() => {
          known = undefined
        }, AGAIN_AFTER).unref()
        return own
      },
    )
    return known
  }
}

async function discovered(issuer: string): Promise<string[]> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address, { signal: AbortSignal.timeout(ANSWERS_WITHIN) })
  const document = (await response.json()) as { issuer?: unknown; token_endpoint?: unknown }
  if (document.issuer !== issuer || typeof document.token_endpoint !== 'string') throw new Error('not its document')
  return [new URL(document.token_endpoint).origin]
}
