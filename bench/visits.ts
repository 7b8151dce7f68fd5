// Virtual customers: each holds conversations of five turns, one after the other, and says the next thing when answered.
import { performance } from 'node:perf_hooks'
import type { Shopper } from './shop.ts'
import type { Target } from './target.ts'
import { question, TURNS_PER_CONVERSATION } from './the-turn.ts'

/** One turn as the customer saw it; times are milliseconds of `performance.now()`. */
export type TurnSeen = { conversation: string; sentAt: number; answeredAt: number }

/** One customer's conversations; `onTurn` hears of each answer. */
export type Visitor = {
  target: Target
  shopper: Shopper
  /** After so many turns the next conversation begins (5). */
  turns?: number
  onTurn: (seen: TurnSeen) => void
  /** Conversations that had all their turns. */
  onEnd?: (conversation: string) => void
}

/** One conversation, to its last turn or until `over`. Rejects when a message is not answered by the AI. */
export async function visit(visitor: Visitor, over: () => boolean = () => false): Promise<void> {
  const { target, shopper, turns = TURNS_PER_CONVERSATION, onTurn, onEnd } = visitor
  let conversation: string | undefined
  for (let turn = 0; turn < turns && !over(); turn++) {
    const text = question(shopper.nextPair())
    const sentAt = performance.now()
    if (conversation === undefined) ({ conversation } = await target.start(shopper.customer, text))
    else await target.say(shopper.customer, conversation, text)
    onTurn({ conversation, sentAt, answeredAt: performance.now() })
  }
  if (conversation !== undefined && !over()) onEnd?.(conversation)
}
