import { approvalDecided } from './approval-news.ts'
import type { Scope } from './conversation-row.ts'
import type { EffectRow } from './tables.ts'

/** An approved write has ended: so has its approval. Late proof of one that counted as failed is told again. */
export async function settleApproval(scope: Scope, effect: EffectRow): Promise<void> {
  if (effect.approval_id === null || (effect.state !== 'settled' && effect.state !== 'refused')) return
  const state = effect.state === 'settled' ? ('executed' as const) : ('failed' as const)
  const changed = await scope.trx
    .updateTable('approvals')
    .set({ state, told_at: null, next_try_at: null })
    .where('id', '=', effect.approval_id)
    .where('state', 'in', state === 'executed' ? ['approved', 'failed'] : ['approved'])
    .returning(['id', 'tool'])
    .executeTakeFirst()
  if (changed) await approvalDecided(scope, changed, state)
}
