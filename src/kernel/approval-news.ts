// Who hears of an approval: readers of the stream, and by notice whoever may decide, with a signed link each.
import type { ApprovalState } from '../domain/approval.ts'
import { askedOf } from '../domain/approvers.ts'
import { linkFor } from './approval-link.ts'
import type { Scope } from './conversation-row.ts'
import { notify } from './notify.ts'
import type { ApprovalRow } from './tables.ts'

export async function approvalRequested(scope: Scope, approval: ApprovalRow): Promise<void> {
  scope.emit('approval-requested', approval.id, { approval_id: approval.id, text: approval.text })
  scope.decided.push({ tool: approval.tool, decision: 'requested' })
  const { kernel, trx, row } = scope
  if (!kernel.notifies) return
  const needed = { role: approval.needed_role, people: approval.needed_people }
  const links = await Promise.all(
    askedOf(kernel.links.approvers, needed, row.customer_id).map(async (person) => ({
      approver: person,
      url: await linkFor(kernel, trx, approval, person),
    })),
  )
  const { id, tool, digest } = approval
  await notify(scope, {
    type: 'approval.requested',
    subject: id,
    data: {
      approval_id: id,
      tool,
      digest,
      needed,
      reasons: approval.reasons,
      ...(approval.amount_cents === null
        ? {}
        : { amount: { cents: approval.amount_cents, currency: approval.currency ?? '' } }),
      expires_at: approval.expires_at.toISOString(),
      url: consoleUrl(scope),
      links,
    },
  })
}

/** `pending`: somebody agreed, and somebody else is still needed; only staff hears of that. */
export async function approvalDecided(
  scope: Scope,
  approval: { id: string; tool: string },
  state: ApprovalState,
  by?: string,
): Promise<void> {
  const key = state === 'pending' ? `${approval.id}/pending/${by ?? ''}` : `${approval.id}/${state}`
  scope.emit('approval-decided', key, { approval_id: approval.id, state }, state === 'pending' ? 'agents' : 'all')
  await notify(scope, {
    type: 'approval.decided',
    subject: approval.id,
    data: {
      approval_id: approval.id,
      tool: approval.tool,
      state,
      ...(by === undefined ? {} : { by }),
      url: consoleUrl(scope),
    },
  })
}

const consoleUrl = ({ kernel, row }: Scope): string => `${kernel.publicUrl}/console/conversations/${row.id}`
