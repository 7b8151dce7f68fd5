// Follows a stream of events for as long as the page wants it: reconnects with growing pauses and Last-Event-ID, and lets
// every durable event through once.
import { createEventParser } from './event-parser.ts'

export type StreamState = { kind: 'connecting' } | { kind: 'live' } | { kind: 'waiting'; retryAt: number }

export type Following = {
  /** Opens it after the event of this id. Throws when that fails. */
  open: (lastId: string | undefined, signal: AbortSignal) => Promise<Response>
  /** The id to begin after; undefined: from now on. */
  after?: string | undefined
  onEvent: (name: string, data: Record<string, unknown>) => void
  onState: (state: StreamState) => void
  signal: AbortSignal
  /** Resolves after so many milliseconds, or sooner when the browser is online again. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 15_000
/** The API sends a comment at least every 25 s; a stream silent for longer is dead, though the socket may not say so. */
const SILENCE = 40_000

/** Resolves when `signal` aborts. */
export async function followStream(following: Following): Promise<void> {
  const { signal, onState, wait } = following
  let lastId = following.after
  let failures = 0
  while (!signal.aborted) {
    onState({ kind: 'connecting' })
    try {
      await readOnce(
        following,
        lastId,
        (id) => {
          lastId = id
        },
        () => {
          failures = 0
          onState({ kind: 'live' })
        },
      )
    } catch {
      // Whatever it was, the answer is the same: come back after a pause.
    }
    if (signal.aborted) return
    const pause = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE)
    failures += 1
    onState({ kind: 'waiting', retryAt: Date.now() + pause })
    await wait(pause, signal)
  }
}

async function readOnce(
  { open, onEvent, signal }: Following,
  from: string | undefined,
  seen: (id: string) => void,
  opened: () => void,
): Promise<void> {
  const silent = new AbortController()
  const either = AbortSignal.any([signal, silent.signal])
  let lastId = from
  let watch = setTimeout(() => silent.abort(), SILENCE)
  try {
    const response = await open(lastId, either)
    opened()
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const parse = createEventParser()
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return
      clearTimeout(watch)
      watch = setTimeout(() => silent.abort(), SILENCE)
      for (const { event, id, data } of parse(value)) {
        if (id !== undefined) {
          if (lastId !== undefined && Number(id) <= Number(lastId)) continue
          lastId = id
          seen(id)
        }
        onEvent(event, JSON.parse(data) as Record<string, unknown>)
      }
    }
  } finally {
    clearTimeout(watch)
    silent.abort()
  }
}
