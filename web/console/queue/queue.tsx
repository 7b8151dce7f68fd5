// The queue: who needs a person, most urgent first.
import { clockTime } from '../../shared/times.ts'
import { Failed } from '../parts/failed.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useClock } from '../parts/clock.ts'
import { liveness, streams } from '../shell/live.ts'
import { useWatched } from '../use-watched.ts'
import { Find } from './find.tsx'
import { Nothing } from './nothing.tsx'
import type { Queue as QueueStore, QueueState } from './queue-store.ts'
import { Rows } from './rows.tsx'
import { Views } from './views.tsx'

const STALE = 30_000

export function Queue({ queue, current }: { queue: QueueStore; current: string | null }) {
  const state = useWatched(queue.state)
  const { view, filters, counts, rows, news } = state
  const change = (next: typeof filters) => queue.show(view, next)
  const intents = [...new Set([...rows.flatMap(({ intent }) => intent ?? []), filters.intent])].filter(Boolean).sort()
  return (
    <section className="col queue" id="queue" aria-label="Queue" tabIndex={-1}>
      <Views view={view} counts={counts} conversation={current} />
      <Find filters={filters} change={change} intents={intents} />
      {news !== null && news.added > 0 && (
        <button type="button" className="news" onClick={queue.showNews}>
          {news.added} new
        </button>
      )}
      <Body queue={queue} state={state} current={current} />
      <Foot state={state} />
    </section>
  )
}

function Body({ queue, state, current }: { queue: QueueStore; state: QueueState; current: string | null }) {
  const { phase, problem, rows, view, filters, counts } = state
  if (phase === 'loading') return <Skeleton rows={6} label="Loading the queue" />
  if (phase === 'failed' && problem) {
    return <Failed what="The queue could not be read." problem={problem} retry={() => queue.show(view, filters)} />
  }
  if (rows.length === 0) {
    return <Nothing view={view} filters={filters} counts={counts} change={(next) => queue.show(view, next)} />
  }
  return <Rows key={view} queue={queue} state={state} current={current} />
}

function Foot({ state: { asOf, problem } }: { state: QueueState }) {
  const away = liveness(useWatched(streams)).awaySince !== null || problem !== null
  const old = useClock((now) => away && asOf !== null && now - asOf > STALE)
  return (
    <p className="sum">
      <span>Most urgent first</span>
      {old && asOf !== null && <span role="status">as of {clockTime(new Date(asOf).toISOString())}</span>}
    </p>
  )
}
