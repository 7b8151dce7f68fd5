// What stands here while nobody of the desk is signed in: why, and the one thing to do.
import { SignInError } from '../../shared/issuer.ts'
import { go } from '../router.ts'
import type { Session } from '../session.ts'
import { Mark } from '../parts/mark.tsx'

export type SignInState =
  | { kind: 'finding-out' }
  | { kind: 'leaving' }
  | { kind: 'signed-out'; begin: () => void }
  | { kind: 'wrong-role'; session: Session }
  | { kind: 'failed'; error: unknown }

export function SignInPage({ state }: { state: SignInState }) {
  return (
    <main className="sign-in">
      <p>
        <Mark />
      </p>
      <Reason state={state} />
    </main>
  )
}

function Reason({ state }: { state: SignInState }) {
  switch (state.kind) {
    case 'finding-out':
    case 'leaving':
      return <p role="status">Going to the sign-in.</p>
    case 'signed-out':
      return (
        <>
          <h1>You are signed out.</h1>
          <button type="button" className="btn main" onClick={state.begin}>
            Sign in
          </button>
        </>
      )
    case 'wrong-role':
      return (
        <>
          <h1>The console is for the people of the desk.</h1>
          <p>
            <bdi>{state.session.me.name}</bdi> is signed in as {state.session.me.role || 'nobody of this desk'}.{' '}
            <a href="/chat">Go to the chat</a>, or sign in as an agent.
          </p>
          <button type="button" className="btn main" onClick={() => state.session.signInAgain(true)}>
            Sign in as somebody else
          </button>
        </>
      )
    case 'failed':
      return <Failed error={state.error} />
  }
}

function Failed({ error }: { error: unknown }) {
  const known = error instanceof SignInError ? error : undefined
  return (
    <>
      <h1>Nobody is signed in.</h1>
      <p role="alert">{known?.message ?? 'Something in this page failed. Try again.'}</p>
      <button
        type="button"
        className="btn main"
        onClick={() => {
          go('/console/waiting', true)
          location.reload()
        }}
      >
        Try again
      </button>
      {known?.code !== undefined && <p className="quiet small">{known.code}</p>}
    </>
  )
}
