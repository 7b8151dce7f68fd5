// What worker and API share as processes of their own: the store, the assembled kernel, and an orderly end.
import { migrate } from '../adapters/migrations.ts'
import { checkRedis } from '../adapters/check-redis.ts'
import { type OpenDatabase, openDatabase } from '../adapters/postgres.ts'
import { type Assembly, assemble } from './assemble.ts'
import { companySystems } from './company-systems.ts'
import type { Config } from '../config.ts'
import type { Tables } from '../kernel/tables.ts'
import type { RunningParts } from './running-parts.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** Makes sure of Redis, when one is named, and opens the store. */
export async function startStore(request: {
  parts: RunningParts
  config: Config
  logger: Logger
}): Promise<OpenDatabase<Tables>> {
  const { parts, config, logger } = request
  const { redisUrl } = config
  if (redisUrl !== undefined) {
    await parts.start({ name: 'Redis', start: () => checkRedis(redisUrl), stop: async () => undefined })
  }
  return parts.start({
    name: 'Store',
    start: () =>
      openDatabase<Tables>({
        from: config.databaseUrl === undefined ? { home: config.home } : { url: config.databaseUrl },
        onLostConnection: (error) => logger.warn({ err: error }, 'lost an idle connection to PostgreSQL'),
      }),
    stop: (opened) => opened.close(),
    stopWithin: 750,
  })
}

/** Opens the store, brings it up to date and assembles the kernel on it, as parts that stop in reverse. */
export async function startAssembly(request: {
  parts: RunningParts
  config: Config
  logger: Logger
  metrics: Metrics
}): Promise<Assembly> {
  const { parts, config, logger, metrics } = request
  const store = await startStore(request)
  await parts.start({ name: 'Migrations', start: () => migrate(store), stop: async () => undefined })
  return parts.start({
    name: 'Desks',
    start: () =>
      assemble({
        config,
        systems: companySystems(config),
        db: store.db,
        logger,
        metrics,
        publicUrl: config.publicUrl ?? `http://localhost:${config.port}`,
        alone: false,
      }),
    stop: (assembly) => assembly.close(),
  })
}

/** Ends the process in order on SIGTERM, SIGINT or SIGHUP; a second signal changes nothing. Returns the same end for code. */
export function endOnSignals(parts: RunningParts): (exitCode: number) => Promise<void> {
  let ending: Promise<void> | undefined
  const end = (exitCode: number) => (ending ??= parts.stop().then(() => process.exit(exitCode)))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0))
  return end
}
