// The worker: runs conversations and their activities, and the relay beside them. `npm run worker` runs it as a process of its own.
import { resolve } from 'node:path'
import { Client } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkerOptions } from '@temporalio/worker'
import { createAhead } from './activities/ahead.ts'
import { createActivities } from './activities/index.ts'
import { activityFrame } from './activities/interceptor.ts'
import type { Activities } from './activities/types.ts'
import type { Assembly } from './startup/assemble.ts'
import { ingestFolder } from './knowledge/ingest.ts'
import { readConfig } from './config.ts'
import { ACCEPTED } from './kernel/accepted-hint.ts'
import { forgetCommands } from './kernel/forget-commands.ts'
import { noteVersions, type VersionInUse } from './kernel/note-versions.ts'
import { promptVersion } from './prompting/prompt-version.ts'
import { checkPorts } from './startup/port-check.ts'
import { endOnSignals, startAssembly } from './startup/process-parts.ts'
import { startChaining } from './relay/chaining.ts'
import { startRelay } from './relay/relay.ts'
import { startNotices } from './relay/send-notices.ts'
import { startTidying } from './relay/tidy.ts'
import { messageOf, RunningParts } from './startup/running-parts.ts'
import { createLogger, type Logger } from './telemetry/logger.ts'
import type { Metrics } from './telemetry/metrics.ts'
import { createBells } from './temporal/bell.ts'
import { deleteEndedRuns } from './temporal/ended-runs.ts'
import { connectTemporal } from './temporal/connection.ts'
import { registerSearchAttributes } from './temporal/search-attributes.ts'
import { superviseWorker } from './temporal/supervised-worker.ts'
import { endWedgedRun } from './temporal/wedged-run.ts'
import { startWorkerTelemetry } from './startup/worker-telemetry.ts'
import { TASK_QUEUE } from './workflows/messages.ts'

export type WorkerRequest = {
  assembly: Assembly
  temporal: { address: string; namespace: string }
  maxTurnsInFlight: number
  /** Seconds that Temporal keeps runs that ended; null leaves it to the namespace. */
  engineRetention: number | null
  logger: Logger
  metrics: Metrics
}

/** Running activities get this long when the worker stops (milliseconds); Temporal gives the rest to others. */
const GRACE = 1500
/** A repeated command gets its first outcome for this long (milliseconds): 30 days. */
const COMMANDS_KEPT = 30 * 24 * 3600 * 1000

/** Resolves once the worker polls. It goes on through any loss of Temporal until `close`. */
export async function startWorker(request: WorkerRequest): Promise<{ close: () => Promise<void> }> {
  const { assembly, temporal, logger, metrics, maxTurnsInFlight } = request
  const connection = await connectTemporal(temporal)
  const register = async () => {
    const added = await registerSearchAttributes(connection, temporal.namespace)
    if (added.length > 0) logger.info({ added }, 'search attributes registered')
  }
  await register()
  await ingestArticles(request)
  await noteVersions(assembly.kernel, versionsInUse(assembly))
  const { kernel, desks, model, models } = assembly
  const deps = { kernel, desks, model, models, metrics, logger }
  const ahead = createAhead(deps)
  const options = await workerOptions(createActivities(deps, ahead), logger)
  const polling = superviseWorker({
    address: temporal.address,
    onLost: (error) => logger.error({ err: error }, 'the worker stopped polling and is made anew'),
    create: async (native) => {
      await register()
      return Worker.create({ ...options, connection: native, namespace: temporal.namespace })
    },
  })
  await polling.started
  const client = new Client({ connection, namespace: temporal.namespace })
  const relay = startRelay({
    kernel: assembly.kernel,
    bells: createBells(client, register, assembly.kernel.publicUrl),
    maxTurnsInFlight,
    endWedgedRun: (conversationId) => endWedgedRun(client, conversationId),
    logger,
    metrics,
  })
  const unsubscribe = await kernel.bus.subscribe(ACCEPTED, (hint) => {
    if (hint.kind === 'accepted') void ahead.turns.accepted(hint.conversation_id)
  })
  const { sendNotice: send } = assembly
  const chaining = startChaining({ kernel, logger })
  const notices = send && startNotices({ kernel, send, logger, metrics })
  const tidying = [
    startTidying({
      what: 'commands',
      remove: (before, most) => forgetCommands(kernel, before, most),
      keep: COMMANDS_KEPT,
      logger,
    }),
  ]
  const { namespace } = temporal
  const { engineRetention } = request
  if (engineRetention !== null) {
    tidying.push(
      startTidying({
        what: 'runs that ended',
        remove: (before, most) => deleteEndedRuns({ client, namespace, before, most }),
        keep: engineRetention * 1000,
        logger,
      }),
    )
  }
  return {
    async close() {
      unsubscribe()
      await Promise.all(tidying.map((each) => each.stop()))
      await chaining.stop()
      await relay.stop()
      await notices?.stop()
      await polling.stop()
      await connection.close()
    },
  }
}

const versionsInUse = ({ desks }: Assembly): VersionInUse[] =>
  [...desks.values()].flatMap(({ desk }) => [
    { desk: desk.name, kind: 'policy', specialist: '', version: desk.policy.version },
    ...desk.specialists.map((one) => ({
      desk: desk.name,
      kind: 'prompt' as const,
      specialist: one.name,
      version: promptVersion(desk, one),
    })),
  ])

async function ingestArticles({ assembly, logger }: WorkerRequest): Promise<void> {
  for (const { desk } of assembly.desks.values()) {
    if (!desk.knowledge) continue
    const report = await ingestFolder({ desk: desk.name, folder: desk.knowledge, store: assembly.passages })
    logger.info({ desk: desk.name, ...report }, 'articles ingested')
  }
}

async function workerOptions(activities: Activities, logger: Logger): Promise<WorkerOptions> {
  return {
    taskQueue: TASK_QUEUE,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: resolve(import.meta.dirname, 'workflows/index.ts'),
      logger: new DefaultLogger('WARN'),
    }),
    activities,
    interceptors: { activity: [(context) => activityFrame(context, logger)] },
    // Both stand in every event: a quarter of a history's bytes with the usual long ones.
    identity: `w${process.pid.toString(36)}`,
    buildId: '1',
    // A short sticky timeout and heartbeats every second make recovery after kill -9 a matter of about 4 s.
    stickyQueueScheduleToStartTimeout: '1s',
    maxHeartbeatThrottleInterval: 1000,
    defaultHeartbeatThrottleInterval: 1000,
    // A task has five seconds from its poll on, so no more may be taken than are done in that time: the others wait at the server,
    // where no clock runs. With two hundred, a worker that fell behind finished each one after its time, for ever.
    maxConcurrentWorkflowTaskExecutions: 12,
    maxConcurrentActivityTaskExecutions: 300,
    // A frozen process leaves its polls behind, and each swallows one attempt: fewer than a write has in its time.
    maxConcurrentActivityTaskPolls: 3,
    maxConcurrentLocalActivityExecutions: 200,
    // About 280 MB a thousand.
    maxCachedWorkflows: 1000,
    shutdownGraceTime: GRACE,
    shutdownForceTime: 2 * GRACE,
  }
}

/** `npm run worker`: a process of its own. Ends with code 1 and one line when a part it needs is not there. */
async function main(): Promise<void> {
  const parts = new RunningParts((line) => console.error(line))
  const stop = endOnSignals(parts)
  try {
    const config = readConfig()
    const { port, explicit } = config.workerMetricsPort
    const metricsPort = { part: "the worker's metrics", variable: 'WORKER_METRICS_PORT', port, host: config.host }
    if (explicit) await checkPorts([metricsPort])
    const logger = createLogger({ level: config.logLevel, name: 'worker' })
    const telemetry = await parts.start({
      name: 'Worker metrics',
      start: () => startWorkerTelemetry(config, logger),
      stop: (page) => page.close(),
    })
    const { metrics } = telemetry
    const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`
    const temporal = { address, namespace: config.temporalNamespace }
    const assembly = await startAssembly({ parts, config, logger, metrics })
    await parts.start({
      name: 'Worker',
      start: () => {
        const { maxTurnsInFlight, engineRetention } = config
        return startWorker({ assembly, temporal, maxTurnsInFlight, engineRetention, logger, metrics })
      },
      stop: (worker) => worker.close(),
      stopWithin: 5000,
    })
    logger.info({ metrics: telemetry.url }, 'worker ready')
  } catch (error) {
    console.error(messageOf(error))
    await stop(1)
  }
}

if (import.meta.main) await main()
