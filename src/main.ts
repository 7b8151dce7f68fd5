// All-in-one for one machine (`npm start`): every part in this process, and the Temporal dev server as its child.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { startApi } from './api/server.ts'
import { migrate } from './adapters/migrations.ts'
import { takeProcessLock } from './adapters/process-lock.ts'
import { removeAddresses, writeAddresses } from './startup/addresses.ts'
import type { Addresses } from './startup/addresses.ts'
import { assemble } from './startup/assemble.ts'
import { companySystems } from './startup/company-systems.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { DEMO_PEOPLE, demoToken } from './startup/demo-sign-ins.ts'
import { checkPorts } from './startup/port-check.ts'
import { startStore } from './startup/process-parts.ts'
import { messageOf, RunningParts, StartAborted } from './startup/running-parts.ts'
import { createLogger } from './telemetry/logger.ts'
import { openTemporal } from './startup/temporal-or-dev-server.ts'
import { freePort } from './temporal/free-port.ts'
import { stopLeftoverDevServer } from './temporal/leftover-dev-server.ts'
import { welcome } from './startup/welcome.ts'
import { startWorker } from './worker.ts'
import { startWorkerTelemetry } from './startup/worker-telemetry.ts'

const note = (line: string) => console.log(line)
const parts = new RunningParts(note)
const stopping = new AbortController()

/** Stops everything, within 10 s; a second call (Ctrl-C arrives twice through npm) changes nothing. */
async function stop(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return
  stopping.abort()
  await parts.stop()
  process.exit(exitCode)
}

async function start(given: Config): Promise<void> {
  const { home, host } = given
  note('everdesk is starting ...')
  await mkdir(home, { recursive: true })
  await parts.start({
    name: 'Home folder',
    start: async () => takeProcessLock(join(home, 'everdesk.lock'), `The folder ${home}`),
    stop: async (unlock) => unlock(),
    stopWithin: 250,
  })
  if (given.temporalAddress === undefined && (await stopLeftoverDevServer(home))) {
    note('Stopped the Temporal dev server that an earlier run had left.')
  }
  await checkPorts(wantedPorts(given))
  // Links to conversations name the port before the API listens on it.
  const config = { ...given, port: given.port || (await freePort()) }

  const log = join(home, 'everdesk.log')
  const logger = createLogger({
    level: config.logLevel,
    name: 'everdesk',
    stream: pino.destination({ dest: log, sync: true }),
  })
  const store = await startStore({ parts, config, logger })
  const temporal = await parts.start({
    name: 'Temporal',
    start: () => openTemporal(config, note, stopping.signal),
    stop: (server) => server.stop(),
    stopWithin: 3_000,
  })
  await parts.start({ name: 'Migrations', start: () => migrate(store), stop: async () => undefined })
  const sandbox = config.sandboxUrl === undefined ? await startSandboxPart(config) : undefined
  const systems = companySystems(config, sandbox?.url ?? config.sandboxUrl)
  const telemetry = await parts.start({
    name: 'Worker metrics',
    start: () => startWorkerTelemetry(config, logger),
    stop: (page) => page.close(),
    stopWithin: 250,
  })
  const { metrics } = telemetry
  const publicUrl = config.publicUrl ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${config.port}`
  const assembly = await parts.start({
    name: 'Desks',
    start: () => assemble({ config, systems, db: store.db, logger, metrics, publicUrl, alone: true }),
    stop: (assembled) => assembled.close(),
    stopWithin: 250,
  })
  const target = { address: temporal.address, namespace: config.temporalNamespace }
  await parts.start({
    name: 'Worker',
    start: () =>
      startWorker({
        assembly,
        temporal: target,
        maxTurnsInFlight: config.maxTurnsInFlight,
        engineRetention: config.engineRetention,
        logger,
        metrics,
      }),
    stop: (worker) => worker.close(),
    stopWithin: 3_000,
  })
  const places = { temporalUi: temporal.uiUrl, workerMetrics: telemetry.url }
  const api = await parts.start({
    name: 'API',
    start: () => startApi({ assembly, config, issuer: systems.issuer, temporal: target, logger, metrics, places }),
    stop: (listening) => listening.close(),
    stopWithin: 1_500,
  })

  const addresses: Addresses = {
    api: config.publicUrl ?? `http://localhost:${api.port}`,
    temporal: temporal.address,
    worker_metrics: telemetry.url,
    issuer: systems.issuer,
  }
  if (sandbox !== undefined) addresses.sandbox = sandbox.url
  if (temporal.uiUrl !== undefined) addresses.temporal_ui = temporal.uiUrl
  await parts.start({
    name: 'Address file',
    start: () => writeAddresses(home, addresses),
    stop: () => removeAddresses(home),
    stopWithin: 250,
  })
  const demo = config.oidcIssuer === undefined ? DEMO_PEOPLE : []
  const signIns = await Promise.all(
    demo.map(async (person) => ({ ...person, token: await demoToken(systems.issuer, person) })),
  )
  note(welcome({ addresses, signIns, log }))
}

async function startSandboxPart({ sandboxPort, home, host }: Config) {
  const { startSandbox } = await import('../sandbox/sandbox.ts')
  return parts.start({
    name: 'Sandbox',
    start: () => startSandbox({ port: sandboxPort, home, host }),
    stop: (running) => running.close(),
    stopWithin: 500,
  })
}

function wantedPorts(config: Config) {
  const { host, temporalAddress, sandboxUrl, workerMetricsPort } = config
  const local = '127.0.0.1'
  return [
    { part: 'API and web', variable: 'PORT', port: config.port, host, needed: true },
    { part: 'the sandbox', variable: 'SANDBOX_PORT', port: config.sandboxPort, host, needed: sandboxUrl === undefined },
    ...[
      { part: 'Temporal', variable: 'TEMPORAL_PORT', port: config.temporalPort },
      { part: 'the Temporal Web UI', variable: 'TEMPORAL_UI_PORT', port: config.temporalUiPort },
    ].map((port) => ({ ...port, host: local, needed: temporalAddress === undefined })),
    {
      part: "the worker's metrics",
      variable: 'WORKER_METRICS_PORT',
      port: workerMetricsPort.port,
      host,
      needed: workerMetricsPort.explicit,
    },
  ].filter(({ needed }) => needed)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopping.signal.aborted) note('\nStopping ...')
    void stop(0)
  })
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    console.error(`everdesk stops, this must not happen: ${error instanceof Error ? error.stack : String(error)}`)
    void stop(1)
  })
}
// A closed terminal must not keep us from stopping cleanly.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  await start(readConfig())
} catch (error) {
  if (!(error instanceof StartAborted)) console.error(messageOf(error))
  await stop(1)
}
