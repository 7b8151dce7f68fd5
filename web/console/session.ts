// Who is signed in, and the API in their name.
import { createContext, use } from 'react'
import { type ApiClient, createApiClient } from '../shared/api-client.ts'
import { createSignIn, type SignIn } from '../shared/sign-in.ts'
import { textClaim } from '../shared/token-claims.ts'
import { watched } from '../shared/watched.ts'
import type { WebConfig } from '../shared/web-config.ts'

export type Me = { id: string; name: string; role: string }

export type Session = {
  me: Me
  config: WebConfig
  api: ApiClient
  signOut: () => void
  /** Leaves for the issuer and comes back to this very page. */
  signInAgain: (asSomebodyElse?: boolean) => void
}

export const SessionContext = createContext<Session | null>(null)

/** The session; only inside of what a signed-in person sees. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('nobody is signed in')
  return session
}

/** The API refused the token and no new one came: what is on the page stays, and says so. */
export const sessionOver = watched(false)

const ADDS_UP: Record<string, number> = { agent: 1, supervisor: 2, admin: 3 }
/** Roles add up: a supervisor may what an agent may. */
export const may = (role: string, needed: 'agent' | 'supervisor' | 'admin'): boolean =>
  (ADDS_UP[role] ?? 0) >= (ADDS_UP[needed] ?? 0)

export function signInFor(config: WebConfig): SignIn {
  return createSignIn({
    issuer: config.issuer,
    clientId: config.console_client_id,
    redirectUri: `${location.origin}/console/signed-in`,
    scope: config.scope,
    audience: config.audience,
    resource: config.resource,
  })
}

/** Undefined when nobody is signed in. */
export async function sessionOf(config: WebConfig, signIn: SignIn): Promise<Session | undefined> {
  const tokens = await signIn.current()
  if (!tokens) return undefined
  const claim = (name: string) => textClaim(name, tokens.accessToken, tokens.idToken)
  const id = claim('sub') ?? ''
  /** What the API refused last, when no other token came. */
  let refusedToken: string | undefined
  sessionOver.set(false)
  return {
    me: { id, name: claim('name') ?? id, role: claim('role') ?? '' },
    config,
    api: createApiClient({
      token: async () => {
        const token = (await signIn.current())?.accessToken
        // An issuer that was away is back.
        if (token !== undefined && token !== refusedToken) sessionOver.set(false)
        return token
      },
      refused: async () => {
        const renewed = await signIn.renew().catch(() => false)
        if (!renewed) {
          refusedToken = signIn.tokens()?.accessToken
          sessionOver.set(true)
        }
        return renewed
      },
    }),
    signOut: () => void signIn.signOut('/console/signed-out'),
    signInAgain: (asSomebodyElse) =>
      void signIn.begin(location.pathname + location.search, asSomebodyElse).catch(() => sessionOver.set(true)),
  }
}
