// The supervisor's page comes when somebody goes there: agents never load its charts.
import { lazy, Suspense } from 'react'
import { may, useSession } from '../session.ts'

const Page = lazy(async () => {
  const { SupervisorPage } = await import('./supervisor-page.tsx')
  return { default: SupervisorPage }
})

export function Supervisor() {
  const { me } = useSession()
  if (!may(me.role, 'supervisor')) {
    return (
      <main className="not-yours">
        <h1>This page is for supervisors.</h1>
        <p>
          <bdi>{me.name}</bdi> is signed in as {me.role}.
        </p>
      </main>
    )
  }
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  )
}
