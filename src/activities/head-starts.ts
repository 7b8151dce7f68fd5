// A turn that the rules have routed needs no word of Temporal for its first model call: the call begins in the worker that took
// the turn, while Temporal carries it to `answer`, and `answer` joins it here. Nothing that it brings is stored before that. Takes
// another worker the call, or this one dies, it begins again like any attempt.
import type { CallBegun, Round } from './begin-call.ts'
import type { ActivityDeps } from './deps.ts'
import type { TurnRef } from './types.ts'

/** Longer than a workflow task may take, so that one that is repeated still finds it. */
const JOINED_WITHIN = 10_000
/** Of those that nobody joined yet: a machine that is behind must not pay for more calls than it can join. */
const MOST = 50

export type HeadStarts = {
  /** `call` is what begins, to be ended through `leave`. Too many of them: it is ended at once. */
  begin: (turn: TurnRef, call: (signal: AbortSignal) => Promise<CallBegun>, leave?: AbortController) => void
  /** The call that has begun for this round, for one attempt only; null when none has. `signal` ends it. */
  join: (round: Round, signal: AbortSignal) => Promise<CallBegun> | null
}

type HeadStart = { call: Promise<CallBegun>; leave: AbortController; late: NodeJS.Timeout }

export function createHeadStarts({ metrics, logger }: Pick<ActivityDeps, 'metrics' | 'logger'>): HeadStarts {
  const begun = new Map<string, HeadStart>()
  const keyOf = ({ conversationId, turn }: TurnRef) => `${conversationId}/${turn}`
  const taken = (key: string): HeadStart | null => {
    const head = begun.get(key)
    if (!head) return null
    begun.delete(key)
    clearTimeout(head.late)
    return head
  }

  return {
    begin(turn, call, leave = new AbortController()) {
      if (begun.size >= MOST) return leave.abort()
      const key = keyOf(turn)
      const started = call(leave.signal)
      // Whoever joins hears of it; without one it is nobody's concern, but must not be an unhandled rejection.
      started.catch(() => undefined)
      const late = setTimeout(() => {
        taken(key)?.leave.abort()
        metrics.headStarts.inc({ outcome: 'left' })
        logger.info(
          { conversation: turn.conversationId, turn: turn.turn },
          'nobody joined the call that was begun ahead',
        )
      }, JOINED_WITHIN).unref()
      begun.set(key, { call: started, leave, late })
    },
    join(round, signal) {
      const head = round.round === 1 ? taken(keyOf(round)) : null
      if (!head) return null
      metrics.headStarts.inc({ outcome: 'joined' })
      if (signal.aborted) head.leave.abort()
      else signal.addEventListener('abort', () => head.leave.abort(), { once: true })
      return head.call
    },
  }
}
