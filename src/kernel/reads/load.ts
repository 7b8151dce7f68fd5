// How much is going on: for admission, the backlog limit and the gauges.
import { sql } from 'kysely'
import type { ConversationStatus } from '../../domain/conversation.ts'
import type { Kernel } from '../kernel.ts'

/** Turns that run now, over all workers. */
export async function turnsInFlight(kernel: Kernel): Promise<number> {
  const row = await kernel.db
    .selectFrom('conversations')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('open_turn', 'is not', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Accepted messages that no turn has claimed, counted up to `most` + 1. */
export async function backlog(kernel: Kernel, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from
    (select 1 from messages where status = 'accepted' limit ${most + 1}) as waiting`.execute(kernel.db)
  return rows[0]?.count ?? 0
}

/** Conversations that are not closed, by status. */
export async function openConversations(
  kernel: Kernel,
): Promise<Record<Exclude<ConversationStatus, 'closed'>, number>> {
  const rows = await kernel.db
    .selectFrom('conversations')
    .select(['status', sql<number>`count(*)::int`.as('count')])
    .where('status', '!=', 'closed')
    .groupBy('status')
    .execute()
  const count = (status: ConversationStatus) => rows.find((row) => row.status === status)?.count ?? 0
  return { open: count('open'), pending: count('pending'), resolved: count('resolved') }
}

/** Messages without an answer that were accepted longer ago than a turn of their desk may take. */
export async function overdueMessages(kernel: Kernel): Promise<number> {
  const deadlines = [...kernel.desks.values()].map((desk) => desk.policy.turn.deadline)
  const longest = Math.max(0, ...deadlines)
  const row = await kernel.db
    .selectFrom('messages')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('status', 'in', ['accepted', 'processing'])
    .where('created_at', '<', new Date(kernel.now().getTime() - longest))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Of the conversations that came to rest in the last day: the share, by intent, that no person was offered. */
export async function resolutionRates(kernel: Kernel): Promise<{ intent: string; rate: number }[]> {
  const { rows } = await sql<{ intent: string; rate: number }>`
    select coalesce(c.intent, 'unknown') as intent,
      avg(case when exists (select 1 from handoffs h where h.conversation_id = c.id) then 0 else 1 end)::float8 as rate
    from conversations c
    where c.tenant_id = ${kernel.tenant} and c.status in ('resolved', 'closed')
      and c.updated_at > ${new Date(kernel.now().getTime() - DAY)}
    group by 1`.execute(kernel.db)
  return rows
}
const DAY = 86_400_000
