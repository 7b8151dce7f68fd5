// For whom the chat speaks: the customer whose token the page handed over, or a guest. A guest is made when the first word is
// sent, not when the page is looked at.
import { keptForBrowser } from '../../shared/kept.ts'
import { problemOf, unreachable } from '../../shared/problem.ts'
import { claimsOf, textClaim } from '../../shared/token-claims.ts'

export type GuestToken = { token: string; guest_id: string; expires_at: string }

export type Identity = {
  /** Under what name the browser keeps what belongs to them. */
  key: string
  guest: boolean
  /** First name of a customer, when their token tells it. */
  name: string | undefined
  /** The bearer token; undefined for a guest who does not exist yet. */
  token: () => string | undefined
  /** A token in any case: makes the guest. Throws Problem. */
  begin: () => Promise<string>
}

/** Under it the browser keeps what belongs to its guest. */
export const GUEST_KEY = 'guest'

export function customerIdentity(token: string): Identity {
  const claims = claimsOf(token)
  const sub = typeof claims?.['sub'] === 'string' ? claims['sub'] : 'customer'
  return {
    key: `customer.${sub}`,
    guest: false,
    name: textClaim('name', token)?.split(/\s+/)[0],
    token: () => token,
    begin: async () => token,
  }
}

/** fetch at the desk's address: `path` begins with a slash. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>

export function guestIdentity(ask: Ask): Identity {
  // The browser may forbid keeping it; this page knows it all the same.
  let mine = keptGuest()
  let making: Promise<string> | undefined
  const make = async (): Promise<string> => {
    const response = await ask('/v1/guests', { method: 'POST' }).catch(() => {
      throw unreachable()
    })
    if (!response.ok) throw await problemOf(response)
    const guest = (await response.json()) as GuestToken
    mine = guest
    keptForBrowser.write(GUEST_KEY, guest)
    return guest.token
  }
  return {
    key: GUEST_KEY,
    guest: true,
    name: undefined,
    token: () => mine?.token,
    begin() {
      // Another tab may have made one meanwhile.
      mine ??= keptGuest()
      if (mine) return Promise.resolve(mine.token)
      making ??= make().finally(() => {
        making = undefined
      })
      return making
    },
  }
}

/** The guest this browser is; undefined when there is none, or their token is over. */
export function keptGuest(): GuestToken | undefined {
  const kept = keptForBrowser.read<GuestToken>(GUEST_KEY)
  return kept && new Date(kept.expires_at).getTime() > Date.now() ? kept : undefined
}

export const forgetGuest = (): void => keptForBrowser.forget(GUEST_KEY)
