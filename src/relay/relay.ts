// Rings conversations that nobody picked up: a lost bell, a killed API, an engine that was down, emptied or put back.
// It knows nothing but the store, so one look covers all of them (rule 6).
import { subjectRef } from '../kernel/installation.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { leaseOverdue } from '../kernel/lease-overdue.ts'
import { turnsInFlight } from '../kernel/reads/load.ts'
import type { Bells } from '../temporal/bell.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

export type RelayOptions = {
  kernel: Kernel
  bells: Bells
  /** Key behind EverdeskSubjectRef. */
  subjectKey: string
  maxTurnsInFlight: number
  logger: Logger
  metrics: Metrics
  /** Milliseconds between looks; default 1,000. */
  every?: number
}

const GRACE = 2000
const SILENCE = 10_000
/** Rings a look: enough for a backlog of thousands within a minute, too few to starve running turns. */
const MOST = 100

export function startRelay(options: RelayOptions): { stop: () => Promise<void> } {
  const { logger, every = 1000 } = options
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking = Promise.resolve()
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look(options)
        .catch((error: unknown) => logger.warn({ err: error }, 'the relay could not look'))
        .then(next)
    }, every)
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}

/** One look. Resolves when every leased conversation was rung, or could not be and waits for its next turn. */
export async function look({
  kernel,
  bells,
  subjectKey,
  maxTurnsInFlight,
  logger,
  metrics,
}: RelayOptions): Promise<number> {
  const running = await turnsInFlight(kernel)
  metrics.turnsInFlight.set(running)
  const slots = Math.max(0, maxTurnsInFlight - running)
  const overdue = await leaseOverdue(kernel, { grace: GRACE, silence: SILENCE, most: MOST, slots })
  await Promise.all(
    overdue.map(async (row) => {
      const subject = {
        conversationId: row.id,
        channel: row.channel,
        desk: row.desk,
        subjectRef: subjectRef(subjectKey, kernel.tenant, row.customer_id),
        policyVersion: row.policy_version,
      }
      try {
        await bells.ring(subject, 'customerMessage')
        metrics.relayRings.inc()
      } catch (error) {
        logger.warn({ conversation: row.id, err: error }, 'the relay could not ring')
      }
    }),
  )
  return overdue.length
}
