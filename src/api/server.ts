// Wires the API: inside `npm start`, and as a process of its own (`npm run api`). It starts and accepts messages while
// Temporal is away; the relay rings for it later.
import { readFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { sql } from 'kysely'
import { migrate } from '../adapters/migrations.ts'
import { openDatabase } from '../adapters/postgres.ts'
import { type Assembly, assemble } from '../assemble.ts'
import { companySystems } from '../company-systems.ts'
import { type Config, readConfig } from '../config.ts'
import type { Tables } from '../kernel/tables.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'
import { createBells } from '../temporal/bell.ts'
import { registerSearchAttributes } from '../temporal/search-attributes.ts'
import { listenApi, type RunningApi } from './listen.ts'

export type ApiParts = {
  assembly: Assembly
  config: Config
  /** OpenID Connect issuer of the bearer tokens. */
  issuer: string
  temporal: { address: string; namespace: string }
  logger: Logger
  metrics: Metrics
}

const CHECK_WITHIN = 1000

/** Listens on `config.host:config.port`; rejects when the port is taken. `close` drains within 5 s. */
export async function startApi(parts: ApiParts): Promise<RunningApi> {
  const { assembly, config, issuer, temporal, logger, metrics } = parts
  const { kernel, redis } = assembly
  // Lazy: nothing is sent before the first bell, so a Temporal that is away keeps nobody from starting.
  const connection = Connection.lazy({ address: temporal.address })
  const client = new Client({ connection, namespace: temporal.namespace })
  const register = async () => void (await registerSearchAttributes(connection, temporal.namespace))
  const stopConnection = () => connection.close().catch(() => undefined)
  try {
    const api = await listenApi({
      host: config.host,
      port: config.port,
      kernel,
      bells: createBells(client, register),
      issuer,
      limits: config,
      redis: redis?.redis,
      logger,
      metrics,
      version: version(),
      defaultDesk: [...kernel.desks.keys()][0] ?? '',
      checks: {
        store: () => sql`select 1`.execute(kernel.db),
        temporal: () =>
          connection.withDeadline(Date.now() + CHECK_WITHIN, () => connection.workflowService.getSystemInfo({})),
        redis: redis ? () => redis.redis.ping() : undefined,
      },
    })
    const close = async () => {
      await api.close()
      await stopConnection()
    }
    return { ...api, close }
  } catch (error) {
    await stopConnection()
    throw error
  }
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** The whole process: store, parts, API; ends on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig()
  const logger = createLogger({ level: config.logLevel, name: 'api' })
  const store = await openDatabase<Tables>({
    from: config.databaseUrl === undefined ? { home: config.home } : { url: config.databaseUrl },
    onLostConnection: (error) => logger.warn({ err: error }, 'lost an idle connection to PostgreSQL'),
  })
  await migrate(store)
  const metrics = createMetrics()
  const systems = companySystems(config)
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  const assembly = await assemble({ config, systems, db: store.db, logger, metrics, publicUrl, alone: false })
  const temporal = {
    address: config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`,
    namespace: config.temporalNamespace,
  }
  const api = await startApi({ assembly, config, issuer: systems.issuer, temporal, logger, metrics })
  logger.info({ url: api.url }, 'the API listens')
  const stop = async () => {
    await api.close()
    await assembly.close()
    await store.close()
    process.exit(0)
  }
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopping ??= stop()))
}

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}
