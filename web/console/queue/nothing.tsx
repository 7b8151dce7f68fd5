import { Link } from '../parts/link.tsx'
import { pathOf, type View } from '../router.ts'
import { type Counts, type Filters, isFiltered, NO_FILTERS } from './queue-types.ts'

const SENTENCES: Record<View, (open: string) => string> = {
  waiting: (open) => `Nobody waits. ${open}.`,
  mine: () => 'You have no conversation.',
  approvals: () => 'No approval waits.',
  stuck: () => 'Nothing is stuck.',
  all: () => 'No conversation is open.',
}

/** An empty view: one sentence and one act. */
export function Nothing(it: {
  view: View
  filters: Filters
  counts: Counts | null
  change: (filters: Filters) => void
}) {
  const { view, filters, counts, change } = it
  if (isFiltered(filters)) {
    return (
      <div className="nothing">
        <p>Nothing here fits the search.</p>
        <button type="button" className="btn" onClick={() => change(NO_FILTERS)}>
          Clear search and filters
        </button>
      </div>
    )
  }
  const all = counts?.all ?? 0
  const open = all === 1 ? 'One conversation is open' : `${all} conversations are open`
  const other = view === 'waiting' || view === 'all' ? 'all' : 'waiting'
  return (
    <div className="nothing">
      <p>{SENTENCES[view](open)}</p>
      {view !== other && (
        <Link className="btn" href={pathOf({ page: 'desk', view: other, conversation: null })}>
          {other === 'all' ? 'Look at all' : 'See who waits'}
        </Link>
      )}
    </div>
  )
}
