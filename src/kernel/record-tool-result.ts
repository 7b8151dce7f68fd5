// What a read came back with. The first result of a call is the one that counts.
import type { Citation } from '../domain/conversation.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { openTurnOf } from './open-turn.ts'

/** `content` is what the model reads; citations come back with the reply that uses them. */
export type ToolOutcome = {
  outcome: 'ok' | 'invalid' | 'refused' | 'failed' | 'unknown' | 'needs_approval'
  data: Json
  citations?: Citation[]
}
export type ToolStep = {
  turn: number
  call: string
  tool: string
  ordinal: number
  kind: 'tool' | 'prefetch'
}

export async function recordToolResult(
  kernel: Kernel,
  request: ToolStep & { conversationId: string; result: ToolOutcome },
): Promise<{ outcome: string }> {
  const recorded = await inConversation(kernel, request.conversationId, async (scope) => {
    if (!(await openTurnOf(scope, request.turn))) return { outcome: 'stale' }
    return { outcome: await recordInScope(scope, request, request.result) }
  })
  return recorded ?? { outcome: 'stale' }
}

/** The same write asked for again in its turn: what the call `first` came back with is the result of this one too (rule 10). */
export async function repeatToolResult(
  kernel: Kernel,
  request: ToolStep & { conversationId: string; first: string },
): Promise<void> {
  await inConversation(kernel, request.conversationId, async (scope) => {
    if (!(await openTurnOf(scope, request.turn))) return
    const first = await scope.trx
      .selectFrom('steps')
      .select(['outcome', 'content'])
      .where('conversation_id', '=', request.conversationId)
      .where('turn', '=', request.turn)
      .where('key', '=', `tool/${request.first}`)
      .executeTakeFirst()
    if (!first?.outcome) return
    const { data } = first.content as { data: Json }
    await recordInScope(scope, request, { outcome: first.outcome as ToolOutcome['outcome'], data })
  })
}

/** Records unless there is a result already, and returns the outcome that counts. */
export async function recordInScope(scope: Scope, step: ToolStep, result: ToolOutcome): Promise<string> {
  const { row, trx } = scope
  const stored = stepRow(scope, step, result)
  const inserted = await trx
    .insertInto('steps')
    .values(stored)
    .onConflict((conflict) => conflict.columns(['conversation_id', 'turn', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted) {
    const finished = { turn: step.turn, call_id: step.call, tool: step.tool, outcome: result.outcome }
    scope.emit('tool-finished', `${step.turn}/${step.call}`, finished)
    return result.outcome
  }
  const first = await trx
    .selectFrom('steps')
    .select('outcome')
    .where('conversation_id', '=', row.id)
    .where('turn', '=', step.turn)
    .where('key', '=', stored.key)
    .executeTakeFirstOrThrow()
  return first.outcome ?? 'stale'
}

/** `more`: what only this kind of step says. */
export const stepRow = ({ kernel, row, now }: Scope, step: ToolStep, result: ToolOutcome, more: JsonObject = {}) => ({
  tenant_id: kernel.tenant,
  conversation_id: row.id,
  turn: step.turn,
  key: `${step.kind}/${step.call}`,
  ordinal: step.ordinal,
  kind: step.kind,
  tool: step.tool,
  call_id: step.call,
  outcome: result.outcome,
  content: JSON.stringify({ data: result.data, citations: result.citations ?? [], ...more }),
  created_at: now,
})
