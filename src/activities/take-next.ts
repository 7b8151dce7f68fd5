// Asks the store what is next, and begins the first model call of a turn that the rules have routed.
import { Context } from '@temporalio/activity'
import { giveUp } from '../kernel/give-up.ts'
import { isStoreAway } from '../kernel/store-errors.ts'
import type { Next } from '../kernel/next.ts'
import { type SureTurn, takeNext as takeNextInStore } from '../kernel/take-next.ts'
import type { Ahead } from './ahead.ts'
import { beginCall } from './begin-call.ts'
import type { ActivityDeps } from './deps.ts'
import { readAhead } from './read-ahead.ts'

export async function takeNext(
  deps: ActivityDeps,
  ahead: Ahead,
  input: { conversationId: string; events: number },
): Promise<Next> {
  const taken = await askStore(deps, input)
  // A run without a conversation (erased, or another database): there is nothing to do for it.
  if (!taken) return { kind: 'done', standing: GONE }
  ahead.turns.runs(input.conversationId)
  if (taken.sure) beginAhead(deps, ahead, input.conversationId, taken.sure)
  return taken.next
}

function beginAhead(deps: ActivityDeps, { heads, turns }: Ahead, conversationId: string, sure: SureTurn): void {
  const reading = turns.overtaken(conversationId, sure)
  const round = { conversationId, turn: sure.turn, round: 1 }
  heads.begin(round, async (signal) => {
    const reads = await (reading ?? readAhead(deps, { ...sure, conversationId }))
    return beginCall(deps, round, { ahead: reads, signal })
  })
}

/**
 * What throws again with the store at hand throws for ever, such as a rule of the desk that cannot bear a text: a person gets
 * the conversation, and the run goes on. A fault of the moment is past by the second attempt.
 */
async function askStore(deps: ActivityDeps, input: { conversationId: string; events: number }) {
  try {
    return await takeNextInStore(deps.kernel, input)
  } catch (error) {
    if (isStoreAway(error) || Context.current().info.attempt < 2) throw error
    if (!(await giveUp(deps.kernel, input.conversationId))) throw error
    deps.logger.error({ conversation: input.conversationId, err: error }, 'nobody could go on with it; a person has it')
    return takeNextInStore(deps.kernel, input)
  }
}

const GONE = { status: 'closed', by: 'ai', floor: 0, intent: null, priority: 'normal', cost: '0' } as const
