// An OpenID Connect issuer unlike the sandbox's wherever the standards leave room: paths below a realm, tokens from an origin of
// their own, RS256, refresh tokens that serve once, PKCE or nothing. What its words break is refused, as a real one would.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const CLIENT = 'everdesk-console'
const REALM = '/realms/shop'
const NOOR = { sub: 'emp-7', name: 'Noor', role: 'agent' }

export interface OtherIssuer {
  issuer: string
  tokenEndpoint: string
  authorizationEndpoint: string
  /** Seconds an access token holds, and whether `expires_in`, which is optional, says so. */
  rules: { life: number; told: boolean }
  counts: { signIns: number; refreshes: number; refused: number }
  /** Registers a page to be returned to; its origin may ask for tokens. */
  register(redirectUri: string): void
  close(): Promise<void>
}

type Asked = { redirectUri: string; challenge: string; nonce: string; state: string; scope: string }
/** All refresh tokens of one sign-in; the last is the one that serves. */
type Family = { scope: string; tokens: string[]; over: boolean }

export async function openOtherIssuer(): Promise<OtherIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'one' }
  const returns = new Set<string>()
  const asked = new Map<string, Asked>()
  const codes = new Map<string, Asked>()
  const families: Family[] = []
  const rules = { life: 3600, told: true }
  const counts = { signIns: 0, refreshes: 0, refused: 0 }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}${REALM}`
  const tokenEndpoint = `http://localhost:${port}/oauth2/tokens`
  const authorizationEndpoint = `${issuer}/protocol/authorize`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', issuer)
    // Pages read what is public, and fetch tokens, by script.
    const { origin = '' } = request.headers
    if (origins().includes(origin)) response.setHeader('access-control-allow-origin', origin)
    switch (`${request.method} ${pathname}`) {
      case `GET ${REALM}/.well-known/openid-configuration`:
        return json(response, 200, document())
      case `GET ${REALM}/certs`:
        return json(response, 200, { keys: [jwk] })
      case `GET ${REALM}/protocol/authorize`:
        return authorize(query, response)
      case `GET ${REALM}/login`:
        return signIn(query.get('request') ?? '', response)
      case 'POST /oauth2/tokens':
        return tokens(new URLSearchParams(await text(request)), response)
      default:
        response.writeHead(404).end()
    }
  }

  const origins = () => [...returns].map((uri) => new URL(uri).origin)
  const document = () => ({
    issuer,
    authorization_endpoint: authorizationEndpoint,
    token_endpoint: tokenEndpoint,
    jwks_uri: `${issuer}/certs`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'offline_access'],
    authorization_response_iss_parameter_supported: true,
  })

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const given = (name: string) => query.get(name) ?? ''
    const redirectUri = given('redirect_uri')
    // Nobody is sent to an address that is not registered, not even with an error.
    if (given('client_id') !== CLIENT || !returns.has(redirectUri))
      return json(response, 400, { error: 'unknown client' })
    const proper =
      given('response_type') === 'code' &&
      given('scope').split(' ').includes('openid') &&
      given('code_challenge_method') === 'S256' &&
      /^[\w-]{43}$/.test(given('code_challenge'))
    if (!proper) return sendTo(response, redirectUri, { error: 'invalid_request', state: given('state'), iss: issuer })
    const id = secret()
    asked.set(id, {
      redirectUri,
      challenge: given('code_challenge'),
      nonce: given('nonce'),
      state: given('state'),
      scope: given('scope'),
    })
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Shop realm</title><h1>Shop realm</h1>
<a href="${REALM}/login?request=${id}">Go on as ${NOOR.name}</a></html>`)
  }

  function signIn(id: string, response: ServerResponse): void {
    const request = asked.get(id)
    asked.delete(id)
    if (!request) return json(response, 400, { error: 'unknown request' })
    counts.signIns += 1
    const code = secret()
    codes.set(code, request)
    sendTo(response, request.redirectUri, { code, state: request.state, iss: issuer })
  }

  async function tokens(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const granted = form.get('client_id') === CLIENT ? grant(form) : undefined
    if (granted) return json(response, 200, await granted)
    counts.refused += 1
    json(response, 400, { error: 'invalid_grant' })
  }

  function grant(form: URLSearchParams): Promise<object> | undefined {
    if (form.get('grant_type') === 'authorization_code') {
      const code = form.get('code') ?? ''
      const request = codes.get(code)
      codes.delete(code)
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (request?.challenge !== proof || request.redirectUri !== form.get('redirect_uri')) return undefined
      const family = { scope: request.scope, tokens: [], over: false }
      families.push(family)
      return issue(family, request.nonce)
    }
    if (form.get('grant_type') !== 'refresh_token') return undefined
    const token = form.get('refresh_token') ?? ''
    const family = families.find((each) => each.tokens.includes(token))
    if (!family || family.over) return undefined
    if (family.tokens.at(-1) !== token) {
      // Used twice: one of the two who used it is a thief, and nobody knows which (RFC 9700).
      family.over = true
      return undefined
    }
    counts.refreshes += 1
    return issue(family)
  }

  async function issue(family: Family, nonce?: string): Promise<object> {
    const sign = (audience: string, claims: Record<string, unknown>) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(issuer)
        .setSubject(NOOR.sub)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${rules.life} s`)
        .setJti(secret())
        .sign(privateKey)
    const refresh = family.scope.split(' ').includes('offline_access') ? secret() : undefined
    if (refresh !== undefined) family.tokens.push(refresh)
    const { name, role } = NOOR
    return {
      token_type: 'Bearer',
      access_token: await sign('everdesk', { name, role, scope: family.scope }),
      id_token: await sign(CLIENT, { name, ...(nonce === undefined ? {} : { nonce }) }),
      ...(refresh === undefined ? {} : { refresh_token: refresh }),
      ...(rules.told ? { expires_in: rules.life } : {}),
    }
  }

  return {
    issuer,
    tokenEndpoint,
    authorizationEndpoint,
    rules,
    counts,
    register: (redirectUri) => void returns.add(redirectUri),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const secret = (): string => randomBytes(24).toString('base64url')

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function sendTo(response: ServerResponse, address: string, query: Record<string, string>): void {
  const to = new URL(address)
  for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value)
  response.writeHead(302, { location: to.href }).end()
}
