// Follows a conversation for as long as wanted: comes back with Last-Event-ID after every break, and shows each durable event once.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { isPassing, Refused } from './problem.ts'

/** One event as the stream sends it; `seq` only when it is durable. */
export type StreamEvent = { type: string; seq?: number } & Record<string, unknown>

/** What to follow, and who hears of it. */
export interface Following {
  client: Client
  conversationId: string
  /** The last durable event that is known. */
  after: number
  signal: AbortSignal
  onEvent: (event: StreamEvent) => void
  /** The connection is there, or broke; pieces of text that were sent meanwhile do not come again. */
  onConnection: (up: boolean) => void
}

/** The server shows a sign of life every 15 s; a connection without any is dead, whatever the network says. */
const SILENCE = 40_000
const SHORTEST_PAUSE = 200
const LONGEST_PAUSE = 2_000

/** Resolves when `signal` aborts; rejects when everdesk refuses for good (no such conversation). */
export async function follow({
  client,
  conversationId,
  after,
  signal,
  onEvent,
  onConnection,
}: Following): Promise<void> {
  let seq = after
  let pause = SHORTEST_PAUSE
  while (!signal.aborted) {
    const silent = new AbortController()
    let watch: NodeJS.Timeout | undefined
    let up = false
    const onAlive = () => {
      clearTimeout(watch)
      watch = setTimeout(() => silent.abort(), SILENCE)
      if (!up) onConnection(true)
      up = true
      pause = SHORTEST_PAUSE
    }
    let retryAfter = 0
    try {
      const until = AbortSignal.any([signal, silent.signal])
      for await (const { id, data } of client.events(conversationId, seq, { signal: until, onAlive })) {
        if (id !== undefined && Number(id) <= seq) continue
        if (id !== undefined) seq = Number(id)
        onEvent(JSON.parse(data) as StreamEvent)
      }
    } catch (error) {
      if (!isPassing(error) && !silent.signal.aborted && !signal.aborted) throw error
      retryAfter = error instanceof Refused ? (error.retryAfter ?? 0) * 1_000 : 0
    } finally {
      clearTimeout(watch)
      if (!signal.aborted) onConnection(false)
    }
    await sleep(Math.max(pause, retryAfter), undefined, { signal }).catch(() => undefined)
    pause = Math.min(LONGEST_PAUSE, pause * 2)
  }
}
