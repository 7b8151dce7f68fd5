// An edited request is another request: the old one is superseded, a new one with its own digest waits for its own decisions.
import { neededFor, consentFor } from '../domain/approval-policy.ts'
import type { ConsentReason } from '../domain/approval.ts'
import { Refusal } from '../domain/errors.ts'
import type { JsonObject } from '../domain/json.ts'
import { approvalDecided } from './approval-news.ts'
import type { Scope } from './conversation-row.ts'
import { requestApproval } from './request-approval.ts'
import type { ApprovalRow } from './tables.ts'

/** Throws Refusal `invalid_request` when the arguments cannot be, by the tool's own word. */
export async function editApproval(scope: Scope, old: ApprovalRow, edited: JsonObject): Promise<ApprovalRow> {
  const { trx, now, desk } = scope
  const rules = desk.writes.get(old.tool)
  const made = rules?.edit(edited, old.arguments, old.facts)
  if (made?.kind !== 'edited') {
    throw invalid(made?.detail ?? 'This write cannot be edited.')
  }
  if ((rules?.businessKey(made.input) ?? null) !== old.business_key) {
    throw invalid('An edit is about the same object; ask for another write instead.')
  }
  await trx.updateTable('approvals').set({ state: 'superseded', decided_at: now }).where('id', '=', old.id).execute()
  const money = rules?.amount(made.input, old.facts) ?? null
  const successor = await requestApproval(scope, {
    turn: old.turn,
    call: old.call_id,
    tool: old.tool,
    input: made.input,
    facts: old.facts,
    businessKey: old.business_key,
    money,
    needed: neededFor(desk.policy.approvals, money?.cents ?? 0),
    reasons: reasonsNow(scope, old, money?.cents ?? 0),
  })
  if (!successor) throw new Refusal('conflict', 'Another write on the same object is under way.')
  await trx.updateTable('approvals').set({ superseded_by: successor.id }).where('id', '=', old.id).execute()
  await approvalDecided(scope, old, 'superseded')
  return successor
}

/** The amount may not be a reason any more; what else was one stays, and whatever was asked about stays asked about. */
function reasonsNow({ desk }: Scope, old: ApprovalRow, cents: number): ConsentReason[] {
  const byAmount = consentFor(desk.policy.approvals, {
    kind: old.kind,
    amountCents: cents,
    tier: null,
    risky: false,
    tainted: false,
    settledTodayCents: 0,
    toolAsks: false,
    madeBefore: false,
  })
  const amount: ConsentReason[] = byAmount.kind === 'approval' ? ['amount'] : []
  return [...amount, ...old.reasons.filter((reason) => reason !== 'amount')]
}

const invalid = (detail: string): Refusal =>
  new Refusal('invalid_request', detail, { errors: [{ pointer: '/arguments', detail }] })
