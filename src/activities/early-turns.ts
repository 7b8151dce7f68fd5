// Between a message and the moment its run asks what is next lie several durable steps of Temporal. The worker that ran the
// conversation last hears of the message on the bus as well, asks the model what it foresees, and takes the turn meanwhile. The run
// then finds the turn open, as after an attempt whose answer was lost, and `answer` joins the call (head-starts.ts).
import { type Foreseen, foresee } from '../kernel/foresee.ts'
import { type ReadBefore, stepsAhead } from '../kernel/record-read-ahead.ts'
import { takeMessages } from '../kernel/take-messages.ts'
import type { SureTurn } from '../kernel/take-next.ts'
import { askEarly } from './begin-call.ts'
import type { ActivityDeps } from './deps.ts'
import type { HeadStarts } from './head-starts.ts'
import { readAhead } from './read-ahead.ts'

/** As many as the worker keeps runs in memory (worker.ts): of others, Temporal may ask anybody. */
const MOST_KNOWN = 1000
/** At a time; a worker with more to do than that gains nothing by doing it early. */
const MOST_TAKEN = 10

export type EarlyTurns = {
  /** This worker runs the conversation, so Temporal will most likely ask it again. */
  runs: (conversationId: string) => void
  /** A message of the conversation was accepted. Never rejects. */
  accepted: (conversationId: string) => Promise<void>
  /** The run was faster: its turn is left to it, with the reads that are under way if they are the same. */
  overtaken: (conversationId: string, turn: SureTurn) => Promise<ReadBefore[]> | null
}

/** `overtaken`: the run was faster, and no call was made. `left`: one was, in vain. */
type Outcome = 'taken' | 'overtaken' | 'left'
type Early = { foreseen: Foreseen; ahead: Promise<ReadBefore[]>; overtaken: boolean }

export function createEarlyTurns(deps: ActivityDeps, heads: HeadStarts): EarlyTurns {
  const { kernel, metrics, logger } = deps
  const known = new Set<string>()
  const early = new Map<string, Early>()
  let taking = 0

  async function take(conversationId: string, foreseen: Foreseen, leave: AbortController): Promise<Outcome> {
    const { material, reads, seen } = foreseen
    const one = { foreseen, ahead: readAhead(deps, { ...material, conversationId, reads }), overtaken: false }
    early.set(conversationId, one)
    const ahead = await one.ahead.finally(() => early.delete(conversationId))
    if (one.overtaken) return 'overtaken'
    const call = askEarly(deps, conversationId, { ...material, steps: stepsAhead(ahead) }, leave.signal)
    const taken = await takeMessages(kernel, { conversationId, seen, ahead })
    if (taken) heads.begin({ conversationId, turn: taken.turn.number }, async () => call.goOn(taken), leave)
    else leave.abort()
    return taken ? 'taken' : 'left'
  }

  return {
    runs(conversationId) {
      known.delete(conversationId)
      known.add(conversationId)
      for (const oldest of known) {
        if (known.size <= MOST_KNOWN) break
        known.delete(oldest)
      }
    },
    async accepted(conversationId) {
      // Known anew when the run asks here again: when it has moved to another worker, this one is wrong about it once.
      if (taking >= MOST_TAKEN || !known.delete(conversationId)) return
      taking += 1
      const leave = new AbortController()
      try {
        const foreseen = await foresee(kernel, conversationId)
        if (!foreseen) return
        metrics.earlyTurns.inc({ outcome: await take(conversationId, foreseen, leave) })
      } catch (error) {
        leave.abort()
        // The run asks anyway, and whatever is wrong is wrong for it too.
        logger.info({ conversation: conversationId, err: error }, 'a turn was not taken early')
      } finally {
        taking -= 1
      }
    },
    overtaken(conversationId, turn) {
      const one = early.get(conversationId)
      if (!one) return null
      one.overtaken = true
      return isSame(one.foreseen, turn) ? one.ahead : null
    },
  }
}

const isSame = ({ material, reads }: Foreseen, turn: SureTurn): boolean =>
  material.desk === turn.desk &&
  material.customerId === turn.customerId &&
  material.guest === turn.guest &&
  JSON.stringify(reads) === JSON.stringify(turn.reads)
