// Rings conversations that nobody picked up: a lost bell, a killed API, an engine that was down, emptied or put back.
// It knows nothing but the store, so one look covers all of them (rule 6).
import { subjectRef } from '../kernel/installation.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { leaseOverdue, unheard } from '../kernel/lease-overdue.ts'
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
/** Rings a look: enough for a backlog of thousands within a minute. */
const MOST = 100
/** What is left of it while nobody hears. */
const LEAST = 10

/** `most`: rings of the next look. `rung`: whom the last one rang. */
export type Pace = { most: number; rung: string[] }
export const FULL_PACE: Pace = { most: MOST, rung: [] }

export function startRelay(options: RelayOptions): { stop: () => Promise<void> } {
  const { logger, every = 1000 } = options
  let pace = FULL_PACE
  return again({
    look: async () => {
      pace = await look(options, pace)
    },
    every,
    onError: (error) => logger.warn({ err: error }, 'the relay could not look'),
  })
}

/** One look. Resolves when every leased conversation was rung, or could not be and waits for its next turn. */
export async function look(options: RelayOptions, last: Pace): Promise<Pace> {
  const { kernel, bells, maxTurnsInFlight, endWedgedRun, logger, metrics } = options
  const most = await nextMost(options, last)
  const running = await turnsInFlight(kernel)
  metrics.turnsInFlight.set(running.count)
  const slots = freeSlots(running, maxTurnsInFlight)
  const overdue = await leaseOverdue(kernel, { grace: GRACE, silence: SILENCE, most, slots })
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
            'a run that could not go on, or heard no bell, was ended; another one goes on',
          )
        }
        await bells.ring(subject, 'customerMessage')
        metrics.relayRings.inc()
      } catch (error) {
        logger.warn({ conversation: row.id, err: error }, 'the relay could not ring')
      }
    }),
  )
  return { most, rung: overdue.map(({ id }) => id) }
}

/** A system that is behind does not hear sooner when it is rung more: each ring is one more task for it. */
async function nextMost({ kernel, logger }: RelayOptions, { most, rung }: Pace): Promise<number> {
  const deaf = await unheard(kernel, rung)
  if (2 * deaf <= rung.length) return Math.min(MOST, 2 * most)
  const less = Math.max(LEAST, Math.floor(most / 2))
  if (less < most) logger.warn({ rung: rung.length, unheard: deaf, most: less }, 'the relay rings less: few hear it')
  return less
}
