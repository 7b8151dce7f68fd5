import { approvalDecided } from './approval-news.ts'
import type { Scope } from './conversation-row.ts'

/**
 * Pending approvals end without a decision. `due`: those whose time is over, and takeNext tells the customer; `closing`: all of
 * them, and nobody needs to be told.
 */
export async function expireApprovals(scope: Scope, which: 'due' | 'closing'): Promise<void> {
  const { row, trx, now } = scope
  let query = trx
    .updateTable('approvals')
    .set({ state: 'expired', decided_at: now, ...(which === 'closing' ? { told_at: now } : {}) })
    .where('conversation_id', '=', row.id)
    .where('state', '=', 'pending')
  if (which === 'due') query = query.where('expires_at', '<=', now)
  for (const expired of await query.returning(['id', 'tool']).execute()) {
    await approvalDecided(scope, expired, 'expired')
    scope.decided.push({ tool: expired.tool, decision: 'expire' })
  }
}
