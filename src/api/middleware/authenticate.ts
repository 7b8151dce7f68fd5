// Who asks: an OpenID Connect bearer token, verified by the issuer's keys, or a guest's, verified by our own [T1].
// Nothing of it is taken on trust.
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose'
import type { Role } from '../../domain/conversation.ts'
import { Refusal } from '../../domain/errors.ts'
import { GUEST_PREFIX } from '../../domain/guests.ts'
import { GUEST_ALGORITHM, GUEST_ISSUER, type GuestTokens } from '../guest-tokens.ts'
import { unavailable } from '../problem.ts'
import { textFault } from './json-tree.ts'

export type Tier = 'free' | 'basic' | 'premium' | 'enterprise'
export type Principal = {
  id: string
  name: string
  role: Role
  tier: Tier
  issuer: string
  /** Without an account: public tools only. */
  guest: boolean
  /** Seconds since the epoch. */
  expiresAt: number
}
export type Authenticate = (authorization: string | undefined) => Promise<Principal>

const AUDIENCE = 'everdesk'
const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA']
const ROLES: readonly Role[] = ['customer', 'agent', 'supervisor', 'admin']
const TIERS: readonly Tier[] = ['free', 'basic', 'premium', 'enterprise']
const DISCOVER_WITHIN = 3000
const LONGEST_TOKEN = 8192

/** Throws Refusal unauthenticated, forbidden (no role of ours), or temporarily_unavailable (the issuer is away). */
export function createAuthenticate(issuer: string, guests: GuestTokens): Authenticate {
  const keys = createIssuerKeys(issuer)
  return async (authorization) => {
    const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined || token.length > LONGEST_TOKEN) throw unauthenticated('Send a bearer token.')
    if (isGuestToken(token)) return guest(await guests.verify(token))
    return principal(await verified(token, issuer, await keys.get()), issuer)
  }
}

function isGuestToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg === GUEST_ALGORITHM
  } catch {
    return false
  }
}

function guest(known: { guestId: string; expiresAt: number } | null): Principal {
  if (!known) throw unauthenticated('The token is not valid here. Get a new one.', 'invalid_token')
  const { guestId: id, expiresAt } = known
  return { id, name: 'Guest', role: 'customer', tier: 'free', issuer: GUEST_ISSUER, guest: true, expiresAt }
}

async function verified(token: string, issuer: string, key: JWTVerifyGetKey): Promise<JWTPayload> {
  try {
    const options = { issuer, audience: AUDIENCE, algorithms: ALGORITHMS, requiredClaims: ['exp', 'sub'] }
    return (await jwtVerify(token, key, options)).payload
  } catch (error) {
    if (isIssuerAway(error)) throw unavailable('The issuer of tokens does not answer. Try again in a moment.')
    throw unauthenticated('The token is not valid here. Get a new one.', 'invalid_token')
  }
}

/** jose throws its plain base class when the key set answers with another status, and fetch a TypeError when it does not. */
const isIssuerAway = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === 'ERR_JOSE_GENERIC'

function principal(claims: JWTPayload, issuer: string): Principal {
  const { sub = '', name, role, tier, exp = 0 } = claims
  if (sub === '' || sub.length > 255 || textFault(sub))
    throw unauthenticated('The token names nobody.', 'invalid_token')
  if (sub.startsWith(GUEST_PREFIX)) throw unauthenticated('The token names a guest of ours.', 'invalid_token')
  const known = ROLES.find((one) => one === role)
  if (!known) throw new Refusal('forbidden', 'The token carries no role of this service.')
  const called = typeof name === 'string' && name !== '' && !textFault(name) ? name.slice(0, 200) : sub
  return {
    id: sub,
    name: called,
    role: known,
    tier: TIERS.find((one) => one === tier) ?? 'free',
    issuer,
    guest: false,
    expiresAt: exp,
  }
}

const unauthenticated = (detail: string, error?: string) =>
  new Refusal('unauthenticated', detail, {
    headers: { 'WWW-Authenticate': error ? `Bearer realm="everdesk", error="${error}"` : 'Bearer realm="everdesk"' },
  })

export type IssuerKeys = {
  /** The key set, found by discovery. Throws Refusal temporarily_unavailable. */
  get: () => Promise<JWTVerifyGetKey>
}

/** Discovery happens once it is needed and again until it works; the set itself is fetched and refreshed by jose. */
function createIssuerKeys(issuer: string): IssuerKeys {
  let found: Promise<JWTVerifyGetKey> | undefined
  return {
    get() {
      found ??= discover(issuer).catch(() => {
        found = undefined
        throw unavailable('The issuer of tokens does not answer. Try again in a moment.')
      })
      return found
    },
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address, { signal: AbortSignal.timeout(DISCOVER_WITHIN) })
  const document: unknown = await response.json()
  if (!isObject(document) || document['issuer'] !== issuer || typeof document['jwks_uri'] !== 'string') {
    throw new Error(`${address} is not the discovery document of ${issuer}`)
  }
  return createRemoteJWKSet(new URL(document['jwks_uri']), { timeoutDuration: DISCOVER_WITHIN })
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
