// A model's reply that asks for tools becomes a stored step before anything is acknowledged, so a retry finds it (rule 4).
import type { JsonObject } from '../domain/json.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { openTurnOf } from './open-turn.ts'
import { recordInScope } from './record-tool-result.ts'
import { callsOf, roundOrdinal, type StoredCall } from './stored-call.ts'
import type { TurnRow } from './tables.ts'
import { recordUsage, type Usage } from './usage.ts'

/** A call that needs no run is answered at once, with `answer` for the model. */
export type CheckedCall = { tool: string; input: JsonObject } & (
  | { run: true; effect: 'read' | 'write'; quick: boolean; digest: string }
  | { run: false; outcome: 'ok' | 'invalid' | 'refused'; answer: JsonObject }
  | { run: false; outcome: 'transfer'; to: string }
)

export type ToolCallsCommitted = { kind: 'stale' } | { kind: 'stored'; calls: StoredCall[] }

export async function commitToolCalls(
  kernel: Kernel,
  request: { conversationId: string; turn: number; round: number; text: string; calls: CheckedCall[]; usage: Usage },
): Promise<ToolCallsCommitted> {
  const committed = await inConversation<ToolCallsCommitted>(kernel, request.conversationId, async (scope) => {
    const turn = await openTurnOf(scope, request.turn)
    if (!turn) return { kind: 'stale' }
    const key = `model/${request.round}`
    const calls = request.calls.map((call, index) => storedCall(call, request.round, index))
    const inserted = await scope.trx
      .insertInto('steps')
      .values({
        tenant_id: kernel.tenant,
        conversation_id: scope.row.id,
        turn: turn.number,
        key,
        ordinal: roundOrdinal(request.round),
        kind: 'model',
        content: JSON.stringify({ text: request.text, calls }),
        created_at: scope.now,
      })
      .onConflict((conflict) => conflict.columns(['conversation_id', 'turn', 'key']).doNothing())
      .returning('key')
      .executeTakeFirst()
    // An earlier attempt got this far: its calls are the ones that count.
    if (!inserted) return { kind: 'stored', calls: await storedCalls(scope, turn.number, key) }
    await recordUsage(scope, turn.number, key, request.usage)
    let current = turn
    for (const [index, checked] of request.calls.entries()) {
      const call = calls[index]
      if (!call) continue
      scope.emit('tool-started', `${turn.number}/${call.id}`, { turn: turn.number, call_id: call.id, tool: call.tool })
      if (checked.run) continue
      if (checked.outcome === 'transfer') current = await transfer(scope, current, call, checked.to)
      else await answerAtOnce(scope, turn.number, call, checked.outcome, checked.answer)
    }
    return { kind: 'stored', calls }
  })
  return committed ?? { kind: 'stale' }
}

async function storedCalls({ trx, row }: Scope, turn: number, key: string): Promise<StoredCall[]> {
  const step = await trx
    .selectFrom('steps')
    .select('content')
    .where('conversation_id', '=', row.id)
    .where('turn', '=', turn)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return callsOf(step)
}

function storedCall(call: CheckedCall, round: number, index: number): StoredCall {
  return {
    id: `${round}-${index}`,
    tool: call.tool,
    input: call.input,
    ordinal: roundOrdinal(round, index),
    run: call.run,
    effect: call.run ? call.effect : 'read',
    quick: call.run ? call.quick : true,
    digest: call.run ? call.digest : '',
  }
}

async function answerAtOnce(
  scope: Scope,
  turn: number,
  call: StoredCall,
  outcome: 'ok' | 'invalid' | 'refused',
  data: JsonObject,
): Promise<void> {
  await recordInScope(
    scope,
    { turn, call: call.id, tool: call.tool, ordinal: call.ordinal, kind: 'tool' },
    { outcome, data },
  )
}

/** AI to AI [A3]: the next round is the other specialist's; what the router had said is kept as feedback for it. */
async function transfer(scope: Scope, turn: TurnRow, call: StoredCall, to: string): Promise<TurnRow> {
  const { row, trx, now, kernel, desk } = scope
  if (turn.transfers >= desk.policy.turn.transfers || to === turn.specialist) {
    await answerAtOnce(scope, turn.number, call, 'refused', {
      error: 'no_more_transfers',
      advice: 'Answer it or escalate.',
    })
    return turn
  }
  await trx
    .insertInto('misroutes')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      conversation_id: row.id,
      turn: turn.number,
      ordinal: turn.transfers + 1,
      routed_by: turn.transfers === 0 ? (turn.routed_by ?? 'model') : 'transfer',
      from_specialist: turn.specialist ?? 'none',
      to_specialist: to,
      created_at: now,
    })
    .execute()
  const changed = await trx
    .updateTable('turns')
    .set({ specialist: to, transfers: turn.transfers + 1 })
    .where('conversation_id', '=', row.id)
    .where('number', '=', turn.number)
    .returningAll()
    .executeTakeFirstOrThrow()
  scope.change({ specialist: to })
  await answerAtOnce(scope, turn.number, call, 'ok', { transferred_to: to })
  return changed
}
