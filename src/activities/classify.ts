// The rules were unsure: the small model decides where the question goes [A1].
import { Context } from '@temporalio/activity'
import { OutsideError } from '../domain/errors.ts'
import { commitModelRoute } from '../kernel/route-turn.ts'
import { inOrderOfTurns } from '../prompting/in-order-of-turns.ts'
import { readRouterAnswer, routerPrompt, routerSchema } from '../prompting/router-prompt.ts'
import { whileAlive } from './alive.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { callModel } from './pay.ts'
import type { Activities, TurnRef } from './types.ts'

const TIMEOUT = 10_000
/** Enough to understand "and the other one?". */
const MESSAGES = 6

export async function classify(deps: ActivityDeps, input: TurnRef): ReturnType<Activities['classify']> {
  const { conversationId, turn } = input
  const messages = await deps.kernel.db
    .selectFrom('messages')
    .select(['desk', 'seq', 'role', 'turn', 'text'])
    .where('conversation_id', '=', conversationId)
    .where('role', 'in', ['customer', 'ai', 'human'])
    .where((where) => where.or([where('status', 'is', null), where('status', '!=', 'accepted')]))
    .orderBy('seq', 'desc')
    .limit(MESSAGES)
    .execute()
  const [last] = messages
  if (!last) return { kind: 'stale', turn }
  const { desk } = workingDesk(deps, last.desk)
  const { answer, usage } = await whileAlive(deps, input, () =>
    callModel(deps, {
      purpose: 'classify',
      choice: { questionLength: 0, round: 1, wish: 'small' },
      request: {
        messages: routerPrompt(desk, inOrderOfTurns(messages, turn)),
        answerSchema: routerSchema(desk),
        temperature: 0,
        timeout: TIMEOUT,
        signal: Context.current().cancellationSignal,
      },
    }),
  )
  const route = readRouterAnswer(desk, answer.text)
  if (!route) throw new OutsideError('ModelError.Malformed', answer.model, 'the router did not answer with a route')
  const outcome = await commitModelRoute(deps.kernel, { conversationId, turn, ...route, usage })
  return { kind: outcome.kind, turn }
}
