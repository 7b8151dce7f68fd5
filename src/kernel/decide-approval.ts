// A person decides on exactly what they saw: approve, edit or refuse, as one transaction (rule 11). Nothing runs here; the
// decision becomes a cause for takeNext.
import { type Decision, judgeDecision } from '../domain/approval.ts'
import { Refusal } from '../domain/errors.ts'
import type { JsonObject } from '../domain/json.ts'
import type { Role } from '../domain/conversation.ts'
import type { Actor } from './actor.ts'
import { approvalDecided } from './approval-news.ts'
import type { ApprovalView, DecisionRow } from './approval-view.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import type { Scope } from './conversation-row.ts'
import { editApproval } from './edit-approval.ts'
import { approvalIn, conversationOfApproval, noApproval } from './find-approval.ts'
import { digestOf } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { approvalViews } from './reads/approvals.ts'
import type { ApprovalRow } from './tables.ts'

export type DecisionRequest = {
  approvalId: string
  person: Actor & { role: Role }
  decision: 'approve' | 'refuse'
  /** Of what the person saw. */
  digest: string
  /** Why it is refused; after masking. The customer reads it. */
  reason?: string | undefined
  /** With `approve`: what it should be instead. */
  arguments?: JsonObject | undefined
  /** Where it was decided; kept in the audit log. */
  by: 'api' | 'link'
  commandId?: string | undefined
}

/**
 * Returns the approval as the decision left it; of an edit the new, pending one. The very same request of the same person
 * returns its first outcome. Throws Refusal `not_found`, `forbidden`, `already_decided`, `wrong_digest`, `expired`, or
 * `invalid_request` for arguments that cannot be.
 */
export async function decideApproval(kernel: Kernel, request: DecisionRequest): Promise<Carried<ApprovalView>> {
  const conversationId = await conversationOfApproval(kernel, request.approvalId)
  const asked = { approval: request.approvalId, ...askedFor(request) }
  const command = { actor: request.person, id: request.commandId, kind: 'decision', request: asked }
  const carried = await carryOut(kernel, conversationId, command, (scope) => decide(scope, request))
  if (!carried) throw noApproval()
  return carried
}

const askedFor = ({ decision, digest, arguments: edited }: DecisionRequest): JsonObject => ({
  decision,
  digest,
  ...(edited ? { arguments: edited } : {}),
})

async function decide(scope: Scope, request: DecisionRequest): Promise<ApprovalView> {
  const { person } = request
  const approval = await approvalIn(scope, request.approvalId)
  if (!approval) throw noApproval()
  const given = await decisionsOn(scope, approval)
  const mine = given.find((decision) => decision.person_id === person.id)
  if (mine && mine.request_digest === digestOf(askedFor(request))) return mine.outcome as unknown as ApprovalView

  const decision: Decision = request.decision === 'approve' && request.arguments ? 'edit' : request.decision
  const judged = judgeDecision(
    {
      state: approval.state,
      digest: approval.digest,
      needed: { role: approval.needed_role, people: approval.needed_people },
      expiresAt: approval.expires_at.getTime(),
      customerId: approval.customer_id,
      decisions: given.map((one) => ({
        person: one.person_id,
        role: one.person_role,
        decision: one.decision,
      })),
    },
    person,
    { decision, digest: request.digest },
    scope.now.getTime(),
  )
  if (judged.kind === 'refused') {
    const { superseded_by: successor } = approval
    throw new Refusal(judged.code, judged.detail, successor ? { superseded_by: successor } : {})
  }
  await record(scope, approval, request, decision)
  const left = await carry(scope, approval, request, decision, judged.complete)
  const [view] = await approvalViews(scope.trx, [left])
  if (!view) throw noApproval()
  await scope.trx
    .updateTable('approval_decisions')
    .set({ outcome: JSON.stringify(view) })
    .where('approval_id', '=', approval.id)
    .where('person_id', '=', person.id)
    .execute()
  const detail = { decision, digest: approval.digest, by: request.by, state: left.state, approval: left.id }
  await audit(scope, person, { action: 'approval.decided', subject: approval.id, detail })
  scope.decided.push({ tool: approval.tool, decision })
  return view
}

const decisionsOn = ({ trx }: Scope, { id }: ApprovalRow): Promise<DecisionRow[]> =>
  trx.selectFrom('approval_decisions').selectAll().where('approval_id', '=', id).execute()

async function record(
  { trx, row, now, kernel }: Scope,
  approval: ApprovalRow,
  request: DecisionRequest,
  decision: Decision,
): Promise<void> {
  await trx
    .insertInto('approval_decisions')
    .values({
      tenant_id: kernel.tenant,
      conversation_id: row.id,
      approval_id: approval.id,
      person_id: request.person.id,
      person_name: request.person.name,
      person_role: request.person.role,
      decision,
      request_digest: digestOf(askedFor(request)),
      outcome: '{}',
      at: now,
    })
    .execute()
}

async function carry(
  scope: Scope,
  approval: ApprovalRow,
  request: DecisionRequest,
  decision: Decision,
  complete: boolean,
): Promise<ApprovalRow> {
  if (decision === 'edit') return editApproval(scope, approval, request.arguments ?? {})
  if (!complete) {
    await approvalDecided(scope, approval, 'pending', request.person.id)
    return approval
  }
  const state = decision === 'approve' ? ('approved' as const) : ('refused' as const)
  await approvalDecided(scope, approval, state, request.person.id)
  return scope.trx
    .updateTable('approvals')
    .set({ state, decided_at: scope.now, refused_because: state === 'refused' ? (request.reason ?? null) : null })
    .where('id', '=', approval.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
