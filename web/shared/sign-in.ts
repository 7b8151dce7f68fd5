// Sign-in by authorization code and PKCE at any conforming OpenID Connect issuer [T1]. Tokens stay in this tab.
import { askForTokens, discover, SignInError } from './issuer.ts'
import { keptForTab } from './kept.ts'
import { challengeOf, randomWord } from './pkce.ts'
import { claimsOf } from './token-claims.ts'

export type SignInOptions = {
  issuer: string
  clientId: string
  /** Where the issuer sends the person back to; registered there. */
  redirectUri: string
  /** `openid profile` */
  scope?: string | undefined
  /** Sent as `audience`. */
  audience?: string | undefined
  /** Sent as `resource` (RFC 8707). */
  resource?: string | undefined
}

export type Tokens = {
  accessToken: string
  idToken?: string
  refreshToken?: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

export type SignIn = {
  /** The tokens of this tab, also when they are over. */
  tokens: () => Tokens | undefined
  /** Tokens that hold, renewed first when they are about to end; undefined when nobody is signed in any more. */
  current: () => Promise<Tokens | undefined>
  /** Leaves for the issuer; comes back to `returnTo`, a path of ours. `again` makes it ask who it is. Throws SignInError. */
  begin: (returnTo: string, again?: boolean) => Promise<void>
  /** At the redirect URI: fetches the tokens and tells where the person was. Throws SignInError. */
  finish: (query: URLSearchParams) => Promise<string>
  /** New tokens without asking the person; false when the issuer gave no refresh token or refuses it. */
  renew: () => Promise<boolean>
  /** Forgets the tokens and, where the issuer offers it, ends the session there. */
  signOut: (returnTo: string) => Promise<void>
}

type Begun = { state: string; nonce: string; verifier: string; returnTo: string }
const DEFAULT_SCOPE = 'openid profile'
/** Renewed this long before its end, because a request takes time. */
const EARLY = 30_000

const tokensNameOf = (clientId: string): string => `tokens.${clientId}`

/** Signs in a page of this tab with tokens that were got without it. */
export function keepTokens(clientId: string, tokens: Tokens): void {
  keptForTab.write(tokensNameOf(clientId), tokens)
}

/** Who is signed in at the pages of this client in this tab. */
export function keptTokens(clientId: string): Tokens | undefined {
  return keptForTab.read<Tokens>(tokensNameOf(clientId))
}

export function createSignIn(options: SignInOptions): SignIn {
  const { issuer, clientId, redirectUri } = options
  const tokensName = tokensNameOf(clientId)
  const begunName = `sign-in.${clientId}`
  const tokens = () => keptForTab.read<Tokens>(tokensName)
  let renewing: Promise<boolean> | undefined

  async function renewNow(): Promise<boolean> {
    const before = tokens()
    if (before?.refreshToken === undefined) return false
    const { token_endpoint } = await discover(issuer)
    const form = { grant_type: 'refresh_token', refresh_token: before.refreshToken, client_id: clientId }
    try {
      keptForTab.write(tokensName, { ...before, ...tokensOf(await askForTokens(token_endpoint, form)) })
      return true
    } catch (error) {
      if (!(error instanceof SignInError && error.fault === 'refused')) throw error
      // Used up or taken back: an issuer may take every repeat for a theft.
      const { refreshToken: _over, ...left } = before
      keptForTab.write(tokensName, left)
      return false
    }
  }

  function renew(): Promise<boolean> {
    renewing ??= renewNow().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    tokens,
    async current() {
      const before = tokens()
      if (before === undefined || before.expiresAt - EARLY > Date.now()) return before
      // While the issuer does not answer, the old one serves until its end.
      await renew().catch(() => false)
      const now = tokens()
      return now !== undefined && now.expiresAt > Date.now() ? now : undefined
    },
    async begin(returnTo, again = false) {
      const { authorization_endpoint } = await discover(issuer)
      const begun: Begun = { state: randomWord(), nonce: randomWord(), verifier: randomWord(), returnTo }
      keptForTab.write(begunName, begun)
      const address = new URL(authorization_endpoint)
      const query = await codeRequest(options, begun, again)
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
      leaveFor(address)
    },
    async finish(query) {
      const begun = keptForTab.read<Begun>(begunName)
      keptForTab.forget(begunName)
      if (!begun || query.get('state') !== begun.state) throw outOfOrder()
      const refusal = query.get('error')
      if (refusal !== null) {
        throw new SignInError('refused', query.get('error_description') ?? 'The sign-in was refused.', refusal)
      }
      const found = await discover(issuer)
      if (found.authorization_response_iss_parameter_supported && query.get('iss') !== issuer) throw outOfOrder()
      const got = await askForTokens(found.token_endpoint, {
        grant_type: 'authorization_code',
        code: query.get('code') ?? '',
        redirect_uri: redirectUri,
        client_id: clientId,
        code_verifier: begun.verifier,
      })
      const fresh = tokensOf(got)
      if (!isForUs(fresh.idToken, options, begun.nonce)) throw outOfOrder()
      keptForTab.write(tokensName, fresh)
      return begun.returnTo
    },
    renew,
    async signOut(returnTo) {
      const idToken = tokens()?.idToken
      keptForTab.forget(tokensName)
      const found = await discover(issuer).catch(() => undefined)
      if (found?.end_session_endpoint === undefined || isFramed()) return location.assign(returnTo)
      const address = new URL(found.end_session_endpoint)
      address.searchParams.set('client_id', clientId)
      address.searchParams.set('post_logout_redirect_uri', new URL(returnTo, location.origin).href)
      if (idToken !== undefined) address.searchParams.set('id_token_hint', idToken)
      location.assign(address)
    },
  }
}

/** Within another page of ours; an issuer does not let itself be shown there. */
const isFramed = (): boolean => window.top !== window

/** A frame stays where it is; the sign-in goes on in a tab of its own, which gets what this tab has kept. */
function leaveFor(address: URL): void {
  if (isFramed()) window.open(address)
  else location.assign(address)
}

async function codeRequest(options: SignInOptions, begun: Begun, again: boolean): Promise<Record<string, string>> {
  return {
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    scope: options.scope ?? DEFAULT_SCOPE,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await challengeOf(begun.verifier),
    code_challenge_method: 'S256',
    ...(options.audience === undefined ? {} : { audience: options.audience }),
    ...(options.resource === undefined ? {} : { resource: options.resource }),
    ...(again ? { prompt: 'login' } : {}),
  }
}

function tokensOf(got: Record<string, unknown>): Tokens {
  const text = (name: string) => (typeof got[name] === 'string' ? got[name] : undefined)
  const [accessToken, idToken, refreshToken] = [text('access_token'), text('id_token'), text('refresh_token')]
  if (accessToken === undefined) throw new SignInError('refused', 'The sign-in service gave no access token.')
  const seconds = Number(got['expires_in'] ?? 3600)
  return {
    accessToken,
    expiresAt: Date.now() + seconds * 1000,
    ...(idToken === undefined ? {} : { idToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
}

function isForUs(idToken: string | undefined, { issuer, clientId }: SignInOptions, nonce: string): boolean {
  const claims = claimsOf(idToken)
  if (!claims) return false
  const audience = [claims['aud']].flat()
  return claims['iss'] === issuer && audience.includes(clientId) && claims['nonce'] === nonce
}

const outOfOrder = () =>
  new SignInError('out_of_order', 'This sign-in was begun elsewhere or is already over. Start again.')
