// Closing (rule 7): recorded at once, carried out when no turn is open, no message waits and no write is unfinished.
import type { Scope } from './conversation-row.ts'
import { liveHandoff } from './pass-floor.ts'

/** The caller has made sure with `canClose`. Resolves the handoff, expires approvals, and gives the floor back to the AI. */
export async function closeNow(scope: Scope): Promise<void> {
  const { row, trx, now } = scope
  const handoff = await liveHandoff(scope)
  if (handoff) {
    await trx.updateTable('handoffs').set({ state: 'resolved', ended_at: now }).where('id', '=', handoff.id).execute()
  }
  await trx
    .updateTable('approvals')
    .set({ state: 'expired' })
    .where('conversation_id', '=', row.id)
    .where('state', '=', 'pending')
    .execute()
  scope.change({
    status: 'closed',
    closed_at: now,
    close_requested_by: null,
    quiet_at: null,
    quiet_stage: null,
    controlled_by: 'ai',
    floor: row.floor + 1,
  })
  scope.emit('conversation-closed', String(row.floor), {})
}
