// What came of an approval, told to the customer in words made by code: done only when the ledger says so (rules 11 and 13).
import { say, type TextKey } from '../domain/catalogue.ts'
import type { Json } from '../domain/json.ts'
import { replyInScope } from './commit-reply.ts'
import type { Scope } from './conversation-row.ts'
import { newId } from './ids.ts'
import { sayMessage } from './say-message.ts'
import type { ApprovalRow, TurnRow } from './tables.ts'

/** With a turn as its reply; without one, while a person has the floor, as a notice of the system. */
export async function tellApproval(scope: Scope, approval: ApprovalRow, turn: TurnRow | null): Promise<void> {
  const { trx, now } = scope
  const text = await textFor(scope, approval)
  if (turn) await replyInScope(scope, turn, { text, outcome: 'approval_told' })
  else await sayMessage(scope, { id: newId('msg', now), role: 'system', text })
  await trx.updateTable('approvals').set({ told_at: now }).where('id', '=', approval.id).execute()
}

async function textFor(scope: Scope, approval: ApprovalRow): Promise<string> {
  const { desk, row } = scope
  const tell = (key: TextKey, values: Record<string, string> = {}) =>
    say(desk.catalogue, row.locale, key, { what: approval.what, ...values })
  switch (approval.state) {
    case 'executed':
      return tell('approval_executed')
    case 'refused':
      return approval.refused_because
        ? tell('approval_refused_because', { reason: approval.refused_because })
        : tell('approval_refused')
    case 'failed':
      return tell('approval_failed', { reason: await whyDeclined(scope, approval) })
    case 'expired':
      return tell('approval_expired')
    case 'pending':
    case 'approved':
    case 'superseded':
      throw new Error(`nothing came of approval ${approval.id} yet: it is ${approval.state}`)
  }
}

/** The business's own sentence, when the system gave one. */
async function whyDeclined({ trx }: Scope, approval: ApprovalRow): Promise<string> {
  const effect = await trx
    .selectFrom('effects')
    .select('outcome')
    .where('approval_id', '=', approval.id)
    .executeTakeFirst()
  return sentenceIn(effect?.outcome ?? null)
}

function sentenceIn(outcome: Json): string {
  const message =
    outcome !== null && typeof outcome === 'object' && !Array.isArray(outcome) ? outcome['message'] : undefined
  return typeof message === 'string' ? message : ''
}
