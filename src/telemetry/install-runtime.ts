// Sets up the Temporal SDK's core, once for each process and before the first connection or worker.
import { Runtime, makeTelemetryFilterString } from '@temporalio/worker'
import type { Logger } from './logger.ts'

/** What the SDK's core needs. */
export type RuntimeSetup = {
  logger: Logger
  /** A free loopback port for the SDK's own Prometheus page; without it the SDK serves none. */
  sdkMetricsPort?: number
}

/** The SDK logs through ours, leaves signals to us, and serves its metrics; returns the URL of that page. */
export function installRuntime({ logger, sdkMetricsPort }: RuntimeSetup): { sdkMetricsUrl: string | undefined } {
  const bindAddress = sdkMetricsPort === undefined ? undefined : `127.0.0.1:${sdkMetricsPort}`
  const filter = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' })
  const sdkLogger = logger.child({ part: 'temporal-sdk' })
  Runtime.install({
    logger: {
      log: (level, message, meta) => sdkLogger[LEVELS[level]](short(meta), message),
      trace: (message, meta) => sdkLogger.trace(short(meta), message),
      debug: (message, meta) => sdkLogger.debug(short(meta), message),
      info: (message, meta) => sdkLogger.info(short(meta), message),
      warn: (message, meta) => sdkLogger.warn(short(meta), message),
      error: (message, meta) => sdkLogger.error(short(meta), message),
    },
    telemetryOptions: {
      logging: { filter, forward: {} },
      ...(bindAddress === undefined ? {} : { metrics: { prometheus: { bindAddress } } }),
    },
    shutdownSignals: [],
  })
  return { sdkMetricsUrl: bindAddress === undefined ? undefined : `http://${bindAddress}/metrics` }
}

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const
const KEPT = ['workflowId', 'workflowType', 'activityType', 'attempt', 'taskQueue', 'error', 'err']

/** The SDK adds a dozen fields to each line; these are the ones that help. */
function short(meta: Record<string | symbol, unknown> | undefined): Record<string, unknown> {
  const kept = KEPT.filter((key) => meta?.[key] !== undefined)
  return Object.fromEntries(kept.map((key) => [key, meta?.[key]]))
}
