// Wires the API: inside `npm start`, and as a process of its own (`npm run api`). It starts and accepts messages while
// Temporal is away; the relay rings for it later.
import { readFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { sql } from 'kysely'
import type { Assembly } from '../startup/assemble.ts'
import { checkPorts } from '../startup/port-check.ts'
import { endOnSignals, startAssembly } from '../startup/process-parts.ts'
import { messageOf, RunningParts } from '../startup/running-parts.ts'
import { createCustomerCard } from '../startup/customer-card.ts'
import { companySystems } from '../startup/company-systems.ts'
import { type Config, readConfig } from '../config.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'
import { createBells } from '../temporal/bell.ts'
import { freePort } from '../temporal/free-port.ts'
import { registerSearchAttributes } from '../temporal/search-attributes.ts'
import { listenApi, type RunningApi } from './listen.ts'
import type { Places } from './pages.ts'

export type ApiParts = {
  assembly: Assembly
  config: Config
  /** OpenID Connect issuer of the bearer tokens. */
  issuer: string
  temporal: { address: string; namespace: string }
  logger: Logger
  metrics: Metrics
  /** Where the other parts are, when they are ours. */
  places?: Places
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
      customerCard: createCustomerCard({ ...assembly, logger }),
      bells: createBells(client, register, kernel.publicUrl),
      issuer,
      limits: config,
      web: { ...config.web, rehearsal: isRehearsal(config) },
      places: parts.places,
      trustedProxies: config.trustedProxies,
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

/** Nobody named another model than the sandbox's. */
const isRehearsal = ({ openaiApiKey, openaiBaseUrl, modelsFile }: Config): boolean =>
  openaiApiKey === undefined && openaiBaseUrl === undefined && modelsFile === undefined

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** `npm run api`: a process of its own. Ends with code 1 and one line when a part it needs is not there. */
async function main(): Promise<void> {
  const parts = new RunningParts((line) => console.error(line))
  const stop = endOnSignals(parts)
  try {
    const given = readConfig()
    await checkPorts([{ part: 'API and web', variable: 'PORT', port: given.port, host: given.host }])
    // Links to conversations name the port before the API listens on it.
    const config = { ...given, port: given.port || (await freePort()) }
    const logger = createLogger({ level: config.logLevel, name: 'api' })
    const metrics = createMetrics()
    const assembly = await startAssembly({ parts, config, logger, metrics })
    const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`
    const temporal = { address, namespace: config.temporalNamespace }
    const { issuer } = companySystems(config)
    const api = await parts.start({
      name: 'API',
      start: () => startApi({ assembly, config, issuer, temporal, logger, metrics }),
      stop: (listening) => listening.close(),
      stopWithin: 6000,
    })
    logger.info({ url: api.url }, 'the API listens')
  } catch (error) {
    console.error(messageOf(error))
    await stop(1)
  }
}

if (import.meta.main) await main()
