import { Link } from '../parts/link.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { go, pathOf, type View, VIEWS } from '../router.ts'
import type { Counts } from './queue-types.ts'

const NAMES: Record<View, string> = {
  waiting: 'Waiting',
  mine: 'Mine',
  approvals: 'Approvals',
  stuck: 'Stuck',
  all: 'All',
}

/** The views with their counts, read like a board of departures. */
export function Views({
  view,
  counts,
  conversation,
}: {
  view: View
  counts: Counts | null
  conversation: string | null
}) {
  const pathTo = (to: View) => pathOf({ page: 'desk', view: to, conversation })
  useKeys(Object.fromEntries(VIEWS.map((each, index) => [`${index + 1}`, () => go(pathTo(each))])))
  return (
    <nav className="views" aria-label="Views">
      {VIEWS.map((each) => (
        <Link
          key={each}
          href={pathTo(each)}
          className={counts?.[each] === 0 ? 'none' : undefined}
          aria-current={each === view ? 'page' : undefined}
        >
          <b>{counts?.[each] ?? '–'}</b> {NAMES[each]}
        </Link>
      ))}
    </nav>
  )
}
