// Rings the bell after the commit. Nobody waits for it: when it is lost, the relay rings again.
import { setTimeout as sleep } from 'node:timers/promises'
import { ACCEPTED } from '../kernel/accepted-hint.ts'
import { subjectRef } from '../kernel/installation.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { freeSlots, type TurnsInFlight, turnsInFlight } from '../kernel/reads/load.ts'
import type { Bell, BellName } from '../workflows/messages.ts'
import type { ApiDeps } from './deps.ts'

const RING_WITHIN = 1000
const COUNT_FOR = 250
/** Before Temporal's work for a bell comes to the processors that the early turn may need: the customer waits for that one. */
const EARLY_BY = 10
/** Rings under way; beyond it the relay does it. Temporal that is slow must not fill our memory. */
const MOST_RINGING = 1000

export type Rung = { id: string; channel: string; desk: string; customer_id: string; policy_version: string }
export type Ringer = {
  /** Counts the turns in flight while a message is being stored, so that its bell need not wait for that. */
  prepare: () => void
  /** `early`: the worker that runs the conversation hears of it on the bus too, while Temporal is being told. */
  ring: (conversation: Rung, name: BellName, bell: Bell, early?: boolean) => void
  /** Resolves when no ring is under way; each takes at most a second. */
  settled: () => Promise<void>
}

export function createRinger(deps: Pick<ApiDeps, 'kernel' | 'bells' | 'limits' | 'logger' | 'metrics'>): Ringer {
  const { kernel, bells, limits, logger, metrics } = deps
  const ringing = new Set<Promise<void>>()
  const admits = createAdmission(kernel, limits.maxTurnsInFlight)

  /** What became of the latest bell. While Temporal is away no turn is taken: its time would run with nobody to go on with it. */
  let heard = true

  async function outcome(conversation: Rung, name: BellName, bell: Bell, early: boolean): Promise<string> {
    if (name === 'customerMessage' && !(await admits())) return 'left_to_relay'
    if (early && heard) {
      kernel.bus.publish(ACCEPTED, { kind: 'accepted', conversation_id: conversation.id })
      await sleep(EARLY_BY)
    }
    const subject = {
      conversationId: conversation.id,
      channel: conversation.channel,
      desk: conversation.desk,
      subjectRef: await subjectRef(kernel, conversation.customer_id),
      policyVersion: conversation.policy_version,
    }
    const late = Symbol('late')
    const rung = bells.ring(subject, name, bell)
    // Its end after the second is nobody's concern, but must not be an unhandled rejection.
    rung.catch(() => undefined)
    const patience = new AbortController()
    try {
      const first = await Promise.race([rung, sleep(RING_WITHIN, late, { signal: patience.signal })])
      return first === late ? 'late' : 'rung'
    } finally {
      patience.abort()
    }
  }

  return {
    prepare: () => void admits().catch(() => undefined),
    ring(conversation, name, bell, early = false) {
      if (ringing.size >= MOST_RINGING) {
        metrics.bells.inc({ outcome: 'left_to_relay' })
        return
      }
      const done = outcome(conversation, name, bell, early)
        .catch((error: unknown) => {
          logger.warn({ err: error, conversation: conversation.id }, 'could not ring; the relay will')
          return 'failed'
        })
        .then((outcome) => {
          if (outcome !== 'left_to_relay') heard = outcome === 'rung'
          metrics.bells.inc({ outcome })
          ringing.delete(done)
          return undefined
        })
      ringing.add(done)
    },
    async settled() {
      await Promise.all(ringing)
    },
  }
}

/** True while one turn more may begin; the count is at most 250 ms old. */
function createAdmission(kernel: Kernel, most: number): () => Promise<boolean> {
  let counted: { at: number; turns: Promise<TurnsInFlight> } | undefined
  return async () => {
    const now = Date.now()
    if (!counted || now - counted.at > COUNT_FOR) counted = { at: now, turns: turnsInFlight(kernel) }
    const current = counted
    const turns = await current.turns.catch((error: unknown) => {
      if (counted === current) counted = undefined
      throw error
    })
    return freeSlots(turns, most) > 0
  }
}
