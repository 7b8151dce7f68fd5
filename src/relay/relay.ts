// Rings conversations that nobody picked up: a lost bell, a killed API, an engine that was down, emptied or put back.
// It knows nothing but the store, so one look covers all of them (rule 6).
import { subjectRef } from '../kernel/installation.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { leaseOverdue } from '../kernel/lease-overdue.ts'
import { freeSlots, turnsInFlight } from '../kernel/reads/load.ts'
import type { Bells } from '../temporal/bell.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { again } from './again.ts'

export type RelayOptions = {
  kernel: Kernel
  bells: Bells
  maxTurnsInFlight: number
  /** Ends a run that cannot go on, so that the next ring starts another; true when it did. */
  endWedgedRun: (conversationId: string) => Promise<boolean>
  logger: Logger
  metrics: Metrics
  /** Milliseconds between looks; default 1,000. */
  every?: number
}

const GRACE = 2000
const SILENCE = 10_000
/** Unheard rings after which a run is asked whether it can go on at all. */
const PATIENCE = 2
/** Rings a look: enough for a backlog of thousands within a minute, too few to starve running turns. */
const MOST = 100

export function startRelay(options: RelayOptions): { stop: () => Promise<void> } {
  const { logger, every = 1000 } = options
  return again({
    look: async () => void (await look(options)),
    every,
    onError: (error) => logger.warn({ err: error }, 'the relay could not look'),
  })
}

/** One look. Resolves when every leased conversation was rung, or could not be and waits for its next turn. */
export async function look({
  kernel,
  bells,
  maxTurnsInFlight,
  endWedgedRun,
  logger,
  metrics,
}: RelayOptions): Promise<number> {
  const running = await turnsInFlight(kernel)
  metrics.turnsInFlight.set(running.count)
  const slots = freeSlots(running, maxTurnsInFlight)
  const overdue = await leaseOverdue(kernel, { grace: GRACE, silence: SILENCE, most: MOST, slots })
  await Promise.all(
    overdue.map(async (row) => {
      try {
        const subject = {
          conversationId: row.id,
          channel: row.channel,
          desk: row.desk,
          subjectRef: await subjectRef(kernel, row.customer_id),
          policyVersion: row.policy_version,
        }
        if (row.ring_attempts >= PATIENCE && (await endWedgedRun(row.id))) {
          logger.error(
            { conversation: row.id },
            'a run whose task failed again and again was ended; another one goes on',
          )
        }
        await bells.ring(subject, 'customerMessage')
        metrics.relayRings.inc()
      } catch (error) {
        logger.warn({ conversation: row.id, err: error }, 'the relay could not ring')
      }
    }),
  )
  return overdue.length
}
