// A customer who listens: the conversation's events as they arrive, with their moment.
import { request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { createEventParser } from '../web/shared/event-parser.ts'

/** One event; `at` in milliseconds of `performance.now()`. */
export type Heard = { type: string; at: number; data: Record<string, unknown> }
export type EventStream = { close: () => void }

/** Opens the stream after event `after`; resolves when it is connected. `onEvent` hears of everything. */
export function openEventStream(options: {
  url: string
  token: string
  after: number
  onEvent: (heard: Heard) => void
}): Promise<EventStream> {
  const { url, token, after, onEvent } = options
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'last-event-id': String(after) }
    const sent = request(url, { headers }, (response) => {
      if (response.statusCode !== 200) {
        response.resume()
        reject(new Error(`${url}: ${response.statusCode ?? 0}`))
        return
      }
      const parse = createEventParser()
      response.setEncoding('utf8').on('data', (piece: string) => {
        const at = performance.now()
        for (const { event, data } of parse(piece)) {
          onEvent({ type: event, at, data: JSON.parse(data) as Record<string, unknown> })
        }
      })
      response.on('error', () => undefined)
      resolve({ close: () => sent.destroy() })
    })
    sent.once('error', reject)
    sent.end()
  })
}
