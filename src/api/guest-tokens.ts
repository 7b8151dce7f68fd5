// Tokens of guests, signed by a key of this installation: the issuer knows accounts only. Every API process shares the key
// through the store, so a guest may come back to any of them.
import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { GUEST_PREFIX } from '../domain/guests.ts'
import { guestKey } from '../kernel/installation.ts'
import type { Kernel } from '../kernel/kernel.ts'

/** `iss` of a guest's token; never an issuer's address. */
export const GUEST_ISSUER = 'everdesk-guests'
/** Tells a guest's token from an issuer's, whose list of algorithms does not hold it. */
export const GUEST_ALGORITHM = 'HS256'
const AUDIENCE = 'everdesk'
/** Seconds: a month, for as long as somebody may come back to an open conversation. */
const LIFE = 30 * 24 * 3600

export type GuestToken = { token: string; guestId: string; expiresAt: Date }
export type GuestTokens = {
  /** A new guest. */
  issue: () => Promise<GuestToken>
  /** The guest a token names, with its end in seconds since the epoch; null when it is not valid here. */
  verify: (token: string) => Promise<{ guestId: string; expiresAt: number } | null>
}

export function createGuestTokens(kernel: Kernel): GuestTokens {
  let found: Promise<Uint8Array> | undefined
  const key = () => {
    found ??= guestKey(kernel)
      .then((hex) => Buffer.from(hex, 'hex'))
      .catch((error: unknown) => {
        found = undefined
        throw error
      })
    return found
  }
  return {
    async issue() {
      const guestId = `${GUEST_PREFIX}${randomUUID().replaceAll('-', '')}`
      const expires = Math.floor(Date.now() / 1000) + LIFE
      const token = await new SignJWT({ role: 'customer', guest: true, tenant: kernel.tenant })
        .setProtectedHeader({ alg: GUEST_ALGORITHM, typ: 'JWT' })
        .setIssuer(GUEST_ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(guestId)
        .setExpirationTime(expires)
        .sign(await key())
      return { token, guestId, expiresAt: new Date(expires * 1000) }
    },
    async verify(token) {
      const secret = await key()
      const options = {
        issuer: GUEST_ISSUER,
        audience: AUDIENCE,
        algorithms: [GUEST_ALGORITHM],
        requiredClaims: ['exp', 'sub'],
      }
      const payload = await jwtVerify(token, secret, options).then(
        (verified) => verified.payload,
        () => null,
      )
      const guestId = payload?.sub ?? ''
      if (!guestId.startsWith(GUEST_PREFIX) || payload?.['tenant'] !== kernel.tenant) return null
      return { guestId, expiresAt: payload.exp ?? 0 }
    },
  }
}
