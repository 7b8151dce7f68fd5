// The API on a port, until it is closed: no new connections, then streams and waits end, then requests finish.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from './app.ts'
import type { ApiDeps } from './deps.ts'

export type ApiOnPort = Omit<ApiDeps, 'stopping'> & {
  host: string
  /** 0 takes a free one. */
  port: number
}
export type RunningApi = {
  url: string
  port: number
  /** Resolves when no bell is being rung: they ring behind the answers. */
  settled: () => Promise<void>
  close: () => Promise<void>
}

/** Requests that are being answered get this long at shutdown. */
const FINISH_WITHIN = 4000
const HEADERS_WITHIN = 10_000
const REQUEST_WITHIN = 30_000

/** Rejects when the port is taken. `close` drains within 5 s. */
export async function listenApi({ host, port, ...deps }: ApiOnPort): Promise<RunningApi> {
  const stopping = new AbortController()
  const api = createApp({ ...deps, stopping: stopping.signal })
  const server = createServer({ headersTimeout: HEADERS_WITHIN, requestTimeout: REQUEST_WITHIN }, api.app)
  server.listen(port, host)
  await once(server, 'listening')
  const bound = portOf(server)
  return {
    url: `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${bound}`,
    port: bound,
    settled: api.settled,
    async close() {
      stopping.abort()
      const closed = server.listening ? once(server, 'close') : Promise.resolve()
      server.close()
      server.closeIdleConnections()
      const patience = new AbortController()
      const late = sleep(FINISH_WITHIN, undefined, { signal: patience.signal }).catch(() => undefined)
      await Promise.race([closed, late])
      patience.abort()
      server.closeAllConnections()
      await api.settled()
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
