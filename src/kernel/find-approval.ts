// From an approval's id to its conversation, whose row is the lock; then the approval again, under it.
import { Refusal } from '../domain/errors.ts'
import type { Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import type { ApprovalRow } from './tables.ts'

export const noApproval = (): Refusal => new Refusal('not_found', 'There is no such approval.')

/** Throws Refusal `not_found`. */
export async function conversationOfApproval(kernel: Kernel, approvalId: string): Promise<string> {
  const found = await kernel.db
    .selectFrom('approvals')
    .select('conversation_id')
    .where('id', '=', approvalId)
    .where('tenant_id', '=', kernel.tenant)
    .executeTakeFirst()
  if (!found) throw noApproval()
  return found.conversation_id
}

export async function approvalIn(scope: Scope, approvalId: string): Promise<ApprovalRow | null> {
  const found = await scope.trx
    .selectFrom('approvals')
    .selectAll()
    .where('id', '=', approvalId)
    .where('conversation_id', '=', scope.row.id)
    .executeTakeFirst()
  return found ?? null
}
