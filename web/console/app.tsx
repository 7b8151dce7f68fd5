// Who may see the console: finds out who is signed in, or sends them to the issuer.
import { useEffect, useState } from 'react'
import { SignInError } from '../shared/issuer.ts'
import { readWebConfig, type WebConfig } from '../shared/web-config.ts'
import { go, route } from './router.ts'
import { may, type Session, SessionContext, sessionOf, signInFor } from './session.ts'
import { Shell } from './shell/shell.tsx'
import { SignInPage, type SignInState } from './shell/sign-in-page.tsx'

type Known = { kind: 'signed-in'; session: Session } | SignInState

export function App() {
  const [known, setKnown] = useState<Known>({ kind: 'finding-out' })
  useEffect(() => {
    findOut().then(setKnown, (error: unknown) => setKnown({ kind: 'failed', error }))
  }, [])
  if (known.kind !== 'signed-in') return <SignInPage state={known} />
  return (
    <SessionContext value={known.session}>
      <Shell />
    </SessionContext>
  )
}

async function findOut(): Promise<Known> {
  const config = await readWebConfig().catch(() => {
    throw new SignInError('issuer_away', 'The desk does not answer. Check the connection.')
  })
  const signIn = signInFor(config)
  if (route.get().page === 'signed-in') go(await signIn.finish(new URLSearchParams(location.search)), true)
  const session = await sessionOf(config, signIn)
  if (session) return may(session.me.role, 'agent') ? { kind: 'signed-in', session } : { kind: 'wrong-role', session }
  return leave(config)
}

async function leave(config: WebConfig): Promise<Known> {
  const signedOut = location.pathname === '/console/signed-out'
  if (signedOut) return { kind: 'signed-out', begin: () => void signInFor(config).begin('/console/waiting') }
  await signInFor(config).begin(location.pathname + location.search)
  return { kind: 'leaving' }
}
