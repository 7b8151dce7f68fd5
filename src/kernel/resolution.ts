// An end of a conversation, as it will be counted [C6]: claimed once the quiet window is over, revoked when the customer returns.
// A close cuts the window short, so its resolution is written with the time from which it counts; nobody has to come back for it.
import { sql } from 'kysely'
import type { ConversationStatus } from '../domain/conversation.ts'
import type { Scope } from './conversation-row.ts'

const isAtRest = (status: ConversationStatus): boolean => status === 'resolved' || status === 'closed'

/** Called at the end of every transaction with the status it began with; only coming to rest and leaving it costs anything. */
export async function bookResolution(scope: Scope, before: ConversationStatus): Promise<void> {
  const { status } = scope.row
  if (isAtRest(before) === isAtRest(status)) return
  if (isAtRest(status)) await claim(scope)
  else await revoke(scope)
}

async function claim({ trx, row, now, kernel, desk }: Scope): Promise<void> {
  const { rows } = await sql<{ earlier: number; handed: number; unanswered: number }>`select
    (select count(*)::int from resolutions where conversation_id = ${row.id}) as earlier,
    (select count(*)::int from handoffs where conversation_id = ${row.id}) as handed,
    (select count(*)::int from messages where conversation_id = ${row.id} and role = 'customer'
      and status in ('handed_off', 'failed')) as unanswered`.execute(trx)
  const [found] = rows
  // Closed over a question that nobody answered: that is an end, and no resolution.
  if (!found || found.unanswered > 0) return
  const { resolveAfter } = desk.policy.timers
  await trx
    .insertInto('resolutions')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      conversation_id: row.id,
      number: found.earlier + 1,
      resolved_by: found.handed > 0 ? 'human' : 'ai',
      intent: row.intent,
      ended_at: now,
      resolved_at: row.status === 'resolved' ? now : new Date(now.getTime() + resolveAfter),
    })
    .execute()
}

async function revoke({ trx, row, now }: Scope): Promise<void> {
  await trx
    .updateTable('resolutions')
    .set({ revoked_at: now })
    .where('conversation_id', '=', row.id)
    .where('revoked_at', 'is', null)
    .execute()
}
