// The whole everdesk of a test behind its real HTTP API, which can go away and come back on the same port.
import { sql } from 'kysely'
import { pino } from 'pino'
import { listenApi, type RunningApi } from '../../src/api/listen.ts'
import type { Addresses } from '../../src/startup/addresses.ts'
import { createCustomerCard } from '../../src/startup/customer-card.ts'
import { createBells } from '../../src/temporal/bell.ts'
import { startEverdesk, type Everdesk } from './everdesk.ts'

/** An everdesk with an API; `close` ends everything. */
export interface HttpEverdesk {
  everdesk: Everdesk
  addresses: Addresses
  stopApi: () => Promise<void>
  startApi: () => Promise<void>
  close: () => Promise<void>
}

/** Starts all of it. */
export async function startHttpEverdesk(
  options: NonNullable<Parameters<typeof startEverdesk>[0]> & {
    /** Origins of pages that may carry the widget. */
    embedOrigins?: readonly string[]
    /** Another issuer than the sandbox's, which runs already. */
    issuer?: string
    /** What the pages ask that issuer for. */
    scope?: string
  } = {},
): Promise<HttpEverdesk> {
  const { embedOrigins = [], issuer: otherIssuer, scope, ...parts } = options
  const everdesk = await startEverdesk(parts)
  const { kernel, desks, sandbox, client, metrics } = everdesk
  const logger = pino({ level: 'silent' })
  const issuer = otherIssuer ?? `${sandbox.url}/oidc`
  const listen = (port: number) =>
    listenApi({
      host: '127.0.0.1',
      port,
      kernel,
      customerCard: createCustomerCard({ kernel, desks, logger }),
      bells: createBells(client, async () => undefined, 'http://desk.test'),
      issuer,
      limits: { rateLimitScale: 1000, maxTurnsInFlight: 200, backlogLimit: 10_000 },
      logger,
      metrics,
      version: '0.0.0-test',
      web: { consoleClientId: 'everdesk-console', chatClientId: 'everdesk-chat', rehearsal: true, embedOrigins, scope },
      defaultDesk: [...kernel.desks.keys()][0] ?? '',
      checks: { store: () => sql`select 1`.execute(kernel.db), temporal: async () => undefined },
    })
  let api: RunningApi | undefined = await listen(0)
  const { port } = api
  const stopApi = async () => {
    await api?.close()
    api = undefined
  }
  return {
    everdesk,
    addresses: { api: `http://127.0.0.1:${port}`, sandbox: sandbox.url, issuer, temporal: '', worker_metrics: '' },
    stopApi,
    startApi: async () => {
      api = await listen(port)
    },
    close: async () => {
      await stopApi()
      await everdesk.close()
    },
  }
}
