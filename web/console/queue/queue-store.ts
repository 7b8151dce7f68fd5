// The queue of this page: one view of it, kept current by the queue's stream. The API sorts; this only holds and pages.
import type { ApiClient } from '../../shared/api-client.ts'
import type { Page } from '../../shared/desk-types.ts'
import { followStream } from '../../shared/follow-stream.ts'
import { waitOrOnline } from '../../shared/online-wait.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'
import { type Watched, watched } from '../../shared/watched.ts'
import type { View } from '../router.ts'
import { noteStream } from '../shell/live.ts'
import { holdOrder } from './hold-order.ts'
import { type Counts, type Filters, NO_FILTERS, type QueueRow } from './queue-types.ts'

export type QueueState = {
  view: View
  filters: Filters
  counts: Counts | null
  phase: 'loading' | 'ready' | 'failed'
  rows: readonly QueueRow[]
  /** There are more than were read. */
  more: boolean
  /** What changed while the order was held. */
  news: { rows: readonly QueueRow[]; added: number; gone: ReadonlySet<string> } | null
  problem: Problem | null
  /** When the rows were read, in milliseconds since the epoch. */
  asOf: number | null
}

export type Queue = {
  state: Watched<QueueState>
  show: (view: View, filters: Filters) => void
  readMore: () => void
  /** True while the pointer or the focus is in the list. */
  hold: (held: boolean) => void
  /** Shows what changed meanwhile. */
  showNews: () => void
  refresh: () => void
  /** Begins to follow; returns how to stop. */
  open: () => () => void
}

const PAGE = 100
/** Each page that is shown is read again at most this often, so that a busy desk leaves room under the rate limit. */
const PAUSE = 2000

export function createQueue(api: ApiClient): Queue {
  const state = watched<QueueState>({
    view: 'waiting',
    filters: NO_FILTERS,
    counts: null,
    phase: 'loading',
    rows: [],
    more: false,
    news: null,
    problem: null,
    asOf: null,
  })
  const change = (part: Partial<QueueState>) => state.update((now) => ({ ...now, ...part }))
  let reading: AbortController | null = null
  let pages = 1
  let held = false
  let readAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    reading?.abort()
    const own = new AbortController()
    reading = own
    readAt = Date.now()
    const { view, filters } = state.get()
    try {
      const { rows, more } = await readPages(api, { view, ...filters }, pages, own.signal)
      if (own.signal.aborted) return
      take(rows, more)
    } catch (error) {
      if (own.signal.aborted) return
      change({ phase: state.get().asOf === null ? 'failed' : 'ready', problem: asProblem(error) })
    }
  }

  function take(rows: QueueRow[], more: boolean): void {
    const now = state.get()
    const fresh = { more, phase: 'ready' as const, problem: null, asOf: Date.now() }
    if (!held || now.asOf === null || rows.length > now.rows.length + PAGE / 2)
      return change({ ...fresh, rows, news: null })
    const kept = holdOrder(now.rows, rows)
    const news = kept.added + kept.gone.size > 0 ? { rows, added: kept.added, gone: kept.gone } : null
    change({ ...fresh, rows: kept.rows, news })
  }

  function refresh(): void {
    clearTimeout(timer)
    const due = readAt + PAUSE * pages - Date.now()
    if (due <= 0) void read()
    else timer = setTimeout(() => void read(), due)
  }

  const showNews = () => {
    const { news } = state.get()
    if (news) change({ rows: news.rows, news: null })
  }

  return {
    state,
    show(view, filters) {
      pages = 1
      change({ view, filters, phase: 'loading', rows: [], more: false, news: null, problem: null, asOf: null })
      clearTimeout(timer)
      void read()
    },
    readMore() {
      if (!state.get().more || state.get().rows.length < pages * PAGE) return
      pages += 1
      clearTimeout(timer)
      void read()
    },
    hold(now) {
      held = now
      if (!now) showNews()
    },
    showNews,
    refresh,
    open() {
      const closed = new AbortController()
      void followStream({
        open: (lastId, signal) => api.stream('/v1/queue/events', lastId, signal),
        onEvent: (name, data) => {
          if (name !== 'queue-changed') return
          change({ counts: data['counts'] as Counts })
          refresh()
        },
        onState: (now) => closed.signal.aborted || noteStream('queue', now),
        signal: closed.signal,
        wait: waitOrOnline,
      })
      return () => {
        closed.abort()
        reading?.abort()
        clearTimeout(timer)
        noteStream('queue', undefined)
      }
    },
  }
}

async function readPages(
  api: ApiClient,
  query: Record<string, string>,
  pages: number,
  signal: AbortSignal,
): Promise<{ rows: QueueRow[]; more: boolean }> {
  const rows = new Map<string, QueueRow>()
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const asked = { ...query, limit: PAGE, ...(cursor === null ? {} : { cursor }) }
    const got: Page<QueueRow> = await api.get<Page<QueueRow>>('/v1/queue', asked, signal)
    for (const row of got.data) rows.set(row.key, row)
    cursor = got.next_cursor
    if (cursor === null) break
  }
  return { rows: [...rows.values()], more: cursor !== null }
}
