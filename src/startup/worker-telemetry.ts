// What a process with a worker shows of itself: our metrics and the Temporal SDK's on one page.
import type { Config } from '../config.ts'
import { installRuntime } from '../telemetry/install-runtime.ts'
import type { Logger } from '../telemetry/logger.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { startMetricsServer } from '../telemetry/metrics-server.ts'
import { freePort } from '../temporal/free-port.ts'

/** The metrics of this process and where they are shown. */
export type WorkerTelemetry = {
  metrics: Metrics
  /** URL of the page. */
  url: string
  close(): Promise<void>
}

/** Once for each process, before the first worker or native connection. */
export async function startWorkerTelemetry(config: Config, logger: Logger): Promise<WorkerTelemetry> {
  const { sdkMetricsUrl } = installRuntime({ logger, sdkMetricsPort: await freePort() })
  const metrics = createMetrics()
  const { port, explicit } = config.workerMetricsPort
  const page = { registry: metrics.registry, host: config.host, port, explicit, logger }
  const server = await startMetricsServer(sdkMetricsUrl === undefined ? page : { ...page, sdkMetricsUrl })
  return { metrics, url: server.url, close: () => server.close() }
}
