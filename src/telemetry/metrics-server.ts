// The worker's Prometheus page: our metrics and the Temporal SDK's own on one port.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { Registry } from 'prom-client'
import type { Logger } from './logger.ts'

/** What to serve and where. */
export type MetricsServerOptions = {
  registry: Registry
  /** Address to bind (127.0.0.1). */
  host?: string
  /** Port; 0 takes a free one. */
  port: number
  /** Somebody asked for exactly this port: when taken, fail instead of taking a free one. */
  explicit: boolean
  /** URL of the SDK's own page, from installRuntime; without it only ours is served. */
  sdkMetricsUrl?: string
  logger: Logger
}

/** A running metrics page. */
export type MetricsServer = {
  url: string
  port: number
  close(): Promise<void>
}

const SDK_ANSWERS_WITHIN_MS = 2_000

/** Serves `/metrics`; rejects only when an explicit port is taken. */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { registry, host = '127.0.0.1', port, explicit, sdkMetricsUrl, logger } = options
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    void page(registry, sdkMetricsUrl).then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, 'metrics page failed')
        return response.writeHead(500).end()
      },
    )
  })
  const bound = await listen(server, host, port).catch(async (error: unknown) => {
    if (explicit || port === 0) throw error
    const free = await listen(server, host, 0)
    logger.warn({ wanted: port, port: free }, 'metrics port is taken, serving on a free one')
    return free
  })
  return {
    url: `http://${host}:${bound}/metrics`,
    port: bound,
    async close() {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}

async function page(registry: Registry, sdkMetricsUrl: string | undefined): Promise<string> {
  const ours = await registry.metrics()
  if (sdkMetricsUrl === undefined) return ours
  try {
    const response = await fetch(sdkMetricsUrl, { signal: AbortSignal.timeout(SDK_ANSWERS_WITHIN_MS) })
    return ours + (await response.text())
  } catch {
    return `${ours}# the Temporal SDK's own metrics do not answer\n`
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}
