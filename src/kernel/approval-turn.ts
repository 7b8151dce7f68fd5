// A decided approval is a cause of its own (rule 11): under the AI a turn that runs the write and tells what came of it; while a
// person has the floor only the write, and the telling as a notice. It stays a cause until the customer has been told.
import { approvalDecided } from './approval-news.ts'
import { approvalDigest } from './request-approval.ts'
import type { Scope } from './conversation-row.ts'
import { digestOf, newId } from './ids.ts'
import { endTurn } from './pass-floor.ts'
import { roundOrdinal, type StoredCall } from './stored-call.ts'
import { startTurn } from './start-turn.ts'
import type { ApprovalRow, TurnRow } from './tables.ts'
import { tellApproval } from './tell-approval.ts'

/** States whose outcome the customer is to hear. */
const DECIDED = ['approved', 'refused', 'expired', 'executed', 'failed'] as const
/** Milliseconds until an approved write whose business key is taken is tried again. */
const BUSY_PAUSE = 5000

/** Takes up everything decided; returns the turn that runs an approved write, when one begins. */
export async function takeDecided(scope: Scope): Promise<TurnRow | null> {
  for (const approval of await decided(scope)) {
    const current = approval.state === 'approved' ? await intend(scope, approval) : approval
    if (current === null) continue
    const byAi = scope.row.controlled_by === 'ai'
    if (current.state === 'approved') {
      const turn = byAi ? await beginApprovalTurn(scope, current) : null
      if (turn) return turn
      continue
    }
    await tellApproval(scope, current, byAi ? await openTurn(scope, current) : null)
  }
  return null
}

async function decided({ trx, row, now }: Scope): Promise<ApprovalRow[]> {
  const found = await trx
    .selectFrom('approvals')
    .selectAll()
    .where('conversation_id', '=', row.id)
    .where('state', 'in', [...DECIDED])
    .where('told_at', 'is', null)
    .where((where) => where.or([where('next_try_at', 'is', null), where('next_try_at', '<=', now)]))
    .orderBy('decided_at')
    .orderBy('id')
    .execute()
  const running = await trx
    .selectFrom('effects')
    .select('approval_id')
    .where('conversation_id', '=', row.id)
    .where('approval_id', 'is not', null)
    .where('state', 'in', ['intended', 'sent', 'unknown'])
    .execute()
  return found.filter(({ id }) => !running.some((effect) => effect.approval_id === id))
}

/** The approved write enters the ledger, once: its key is the approval's id. Null while another write holds its business key. */
async function intend(scope: Scope, approval: ApprovalRow): Promise<ApprovalRow | null> {
  const { trx, row, now, kernel } = scope
  // What runs is what was decided on, to the letter; a row that was changed behind our back runs never.
  if (approvalDigest(approval) !== approval.digest) {
    await approvalDecided(scope, approval, 'failed')
    return change(scope, approval, { state: 'failed' })
  }
  const effect = await trx
    .insertInto('effects')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      id: newId('eff', now),
      key: approval.id,
      conversation_id: row.id,
      customer_id: row.customer_id,
      authority: 'approval',
      approval_id: approval.id,
      floor: row.floor,
      tool: approval.tool,
      digest: digestOf(approval.arguments),
      arguments: JSON.stringify(approval.arguments),
      business_key: approval.business_key,
      amount_cents: approval.amount_cents,
      next_try_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (effect) return approval
  await change(scope, approval, { next_try_at: new Date(now.getTime() + BUSY_PAUSE) })
  return null
}

const change = (
  { trx }: Scope,
  { id }: ApprovalRow,
  changes: { state: 'failed' } | { next_try_at: Date },
): Promise<ApprovalRow> =>
  trx.updateTable('approvals').set(changes).where('id', '=', id).returningAll().executeTakeFirstOrThrow()

/** Its call stands as a step of round 1, as if a model had asked for it: whoever takes the turn up again finds it there. */
async function beginApprovalTurn(scope: Scope, approval: ApprovalRow): Promise<TurnRow> {
  const { trx, row, now, kernel } = scope
  const turn = await openTurn(scope, approval)
  const call: StoredCall = {
    id: '1-0',
    tool: approval.tool,
    input: approval.arguments,
    ordinal: roundOrdinal(1, 0),
    run: true,
    effect: 'write',
    quick: false,
    digest: approval.digest.slice(0, 8),
    approval: approval.id,
  }
  await trx
    .insertInto('steps')
    .values({
      tenant_id: kernel.tenant,
      conversation_id: row.id,
      turn: turn.number,
      key: 'model/1',
      ordinal: roundOrdinal(1),
      kind: 'model',
      content: JSON.stringify({ text: '', calls: [call] }),
      created_at: now,
    })
    .execute()
  await trx
    .updateTable('effects')
    .set({ turn: turn.number, call_id: call.id })
    .where('approval_id', '=', approval.id)
    .execute()
  scope.emit('tool-started', `${turn.number}/${call.id}`, { turn: turn.number, call_id: call.id, tool: call.tool })
  return turn
}

const openTurn = (scope: Scope, approval: ApprovalRow): Promise<TurnRow> =>
  startTurn(scope, { cause: 'approval', approvalId: approval.id })

/** The last word of an approval's turn: told when the write has ended; else it ends unsaid, and the write is seen to its end first. */
export async function endApprovalTurn(scope: Scope, turn: TurnRow): Promise<void> {
  const approval = await scope.trx
    .selectFrom('approvals')
    .selectAll()
    .where('id', '=', turn.approval_id ?? '')
    .executeTakeFirstOrThrow()
  if (approval.state !== 'approved' && approval.told_at === null) return tellApproval(scope, approval, turn)
  await endTurn(scope, turn.number, 'abandoned', 'write_under_way')
  scope.change({ status: 'pending' })
}
