import { switchTheme } from '../../shared/theme.ts'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { Mark } from '../parts/mark.tsx'
import { Who } from '../parts/who.tsx'
import { route } from '../router.ts'
import { may, useSession } from '../session.ts'
import { usePart } from '../use-watched.ts'
import { LiveState } from './live-state.tsx'

export function Header({ showKeys }: { showKeys: () => void }) {
  const { me, signOut } = useSession()
  const page = usePart(route, (now) => now.page)
  const current = (name: string) => (page === name ? 'page' : undefined)
  return (
    <header className="top">
      <Link href="/console/waiting" className="home">
        <Mark />
      </Link>
      <nav aria-label="Pages">
        <Link href="/console/waiting" aria-current={current('desk')}>
          Desk
        </Link>
        {may(me.role, 'supervisor') && (
          <Link href="/console/supervisor" aria-current={current('supervisor')}>
            Supervisor
          </Link>
        )}
      </nav>
      <div className="end">
        <LiveState />
        <button type="button" className="btn bare icon keys-button" aria-label="Keys" onClick={showKeys}>
          <Icon name="keys" />
        </button>
        <button type="button" className="btn bare icon" aria-label="Light or dark" onClick={switchTheme}>
          <Icon name="theme" />
        </button>
        <details className="me">
          <summary>
            <Who kind="person" name={me.name} />
            <span className="cut">
              <b dir="auto">{me.name}</b>, {me.role}
            </span>
          </summary>
          <div className="menu">
            <button type="button" className="btn bare" onClick={signOut}>
              Sign out
            </button>
          </div>
        </details>
      </div>
    </header>
  )
}
