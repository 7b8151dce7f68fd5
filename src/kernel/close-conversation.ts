// Closing (rule 7): recorded at once, carried out when no turn is open, no message waits and no write is unfinished.
import { sql } from 'kysely'
import type { Scope } from './conversation-row.ts'
import { expireApprovals } from './expire-approvals.ts'
import { liveHandoff } from './pass-floor.ts'

/** The caller has made sure with `canClose`. Resolves the handoff, expires approvals, and gives the floor back to the AI. */
export async function closeNow(scope: Scope): Promise<void> {
  const { row, trx, now } = scope
  const handoff = await liveHandoff(scope)
  if (handoff) {
    await trx.updateTable('handoffs').set({ state: 'resolved', ended_at: now }).where('id', '=', handoff.id).execute()
  }
  await expireApprovals(scope, 'closing')
  await dropContents(scope)
  scope.waits = null
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

/**
 * What tools returned is for the prompt of its own turn, and no turn is open any more. That a tool was tried and how it ended
 * stays: a person's brief tells of it. The arguments of writes stay in `effects`.
 */
async function dropContents({ row, trx }: Scope): Promise<void> {
  await trx
    .updateTable('steps')
    .set({ content: '{}' })
    .where('conversation_id', '=', row.id)
    .where(sql<boolean>`content <> '{}'`)
    .execute()
}
