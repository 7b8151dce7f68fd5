// The turn that asked for a person's consent ends with a text of the catalogue that answers its messages (rule 11).
import { say } from '../domain/catalogue.ts'
import type { Json } from '../domain/json.ts'
import { replyInScope } from './commit-reply.ts'
import type { Scope } from './conversation-row.ts'
import type { StepRow, TurnRow } from './tables.ts'

/** False when no call of the turn waits for a person. */
export async function endAwaiting(scope: Scope, turn: TurnRow, steps: readonly StepRow[]): Promise<boolean> {
  const waiting = steps.filter((step) => step.kind === 'tool' && step.outcome === 'needs_approval')
  if (waiting.length === 0) return false
  const ids = waiting.flatMap(({ content }) => approvalIn((content as { data: Json }).data))
  const approvals = await scope.trx
    .selectFrom('approvals')
    .select(['what', 'needed_people'])
    .where('conversation_id', '=', scope.row.id)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  const people = Math.max(1, ...approvals.map(({ needed_people: needed }) => needed))
  const what = [...new Set(approvals.map((approval) => approval.what))].join('; ')
  const key = people > 1 ? 'approval_waits_for_two' : 'approval_waits'
  const text = say(scope.desk.catalogue, scope.row.locale, key, { what })
  await replyInScope(scope, turn, { text, outcome: 'awaiting_approval' })
  // A decision is waited for, not the customer.
  scope.change({ quiet_at: null, quiet_stage: null })
  return true
}

function approvalIn(data: Json): string[] {
  const id = data !== null && typeof data === 'object' && !Array.isArray(data) ? data['approval'] : null
  return typeof id === 'string' ? [id] : []
}
