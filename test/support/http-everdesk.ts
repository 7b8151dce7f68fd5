// The whole everdesk of a test behind its real HTTP API, which can go away and come back on the same port.
import { sql } from 'kysely'
import { pino } from 'pino'
import { listenApi, type RunningApi } from '../../src/api/listen.ts'
import type { Addresses } from '../../src/startup/addresses.ts'
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
export async function startHttpEverdesk(): Promise<HttpEverdesk> {
  const everdesk = await startEverdesk()
  const { kernel, sandbox, client, metrics } = everdesk
  const issuer = `${sandbox.url}/oidc`
  const listen = (port: number) =>
    listenApi({
      host: '127.0.0.1',
      port,
      kernel,
      bells: createBells(client, async () => undefined, 'http://desk.test'),
      issuer,
      limits: { rateLimitScale: 1000, maxTurnsInFlight: 200, backlogLimit: 10_000 },
      logger: pino({ level: 'silent' }),
      metrics,
      version: '0.0.0-test',
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
