// How well the page is connected: the worst of its streams.
import type { StreamState } from '../../shared/follow-stream.ts'
import { watched } from '../../shared/watched.ts'

type Stream = { state: StreamState; awaySince: number | null }
export type Streams = Readonly<Record<string, Stream>>

/** The streams of this page by name. */
export const streams = watched<Streams>({})

/** Takes what a stream says of itself; undefined when it is left. */
export function noteStream(name: string, state: StreamState | undefined): void {
  streams.update((all) => {
    const { [name]: before, ...others } = all
    if (!state) return before ? others : all
    const awaySince = state.kind === 'live' ? null : (before?.awaySince ?? Date.now())
    return { ...others, [name]: { state, awaySince } }
  })
}

/** Since when one is away, null when all are live; and when the next try is, null while one is being made. */
export function liveness(all: Streams): { awaySince: number | null; retryAt: number | null } {
  const each = Object.values(all)
  return {
    awaySince: least(each.flatMap(({ awaySince }) => awaySince ?? [])),
    retryAt: least(each.flatMap(({ state }) => (state.kind === 'waiting' ? state.retryAt : []))),
  }
}

const least = (numbers: number[]): number | null => (numbers.length === 0 ? null : Math.min(...numbers))
