// Writes server-sent events to one client. One that reads too slowly is dropped: it comes back with Last-Event-ID.
import type { Response } from 'express'

const LARGEST_BUFFER = 1024 * 1024
const HEARTBEAT = 15_000

export type SseWriter = {
  /** `data` is sent as one line of JSON. */
  send: (event: { name: string; id?: number; data: unknown }) => void
  /** Ends the stream; more calls change nothing. */
  end: () => void
}

/** Sends the headers at once, so that the client knows it is connected. */
export function openSse(response: Response): SseWriter {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    Connection: 'keep-alive',
    // Proxies must not hold pieces back.
    'X-Accel-Buffering': 'no',
  })
  const write = (text: string) => {
    if (response.writableEnded || response.destroyed) return
    response.write(text)
    if (response.writableLength > LARGEST_BUFFER) response.destroy()
  }
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT)
  response.once('close', () => clearInterval(heartbeat))
  write(': connected\n\n')
  return {
    send: ({ name, id, data }) => {
      const lines = [...(id === undefined ? [] : [`id: ${id}`]), `event: ${name}`, `data: ${JSON.stringify(data)}`]
      write(`${lines.join('\n')}\n\n`)
    },
    end: () => {
      clearInterval(heartbeat)
      response.end()
    },
  }
}
