// How much is going on: for admission, the backlog limit and the gauges.
import { sql } from 'kysely'
import type { ConversationStatus } from '../../domain/conversation.ts'
import type { Kernel } from '../kernel.ts'

/** Fewer turns than this are never too many. */
const FEW_TURNS = 20

export type TurnsInFlight = {
  count: number
  /**
   * Half of them have run for a quarter of their deadline: they share more than the machine has. One turn more would only
   * make all of them later, until they end at their deadline without an answer.
   */
  crowded: boolean
}

/**
 * Turns that run now, over all workers. One that is past its deadline only waits to be told so: counted, those of runs that
 * cannot go on would hold everybody else back for good.
 */
export async function turnsInFlight(kernel: Kernel): Promise<TurnsInFlight> {
  const deadlines = [...kernel.desks.values()].map((desk) => desk.policy.turn.deadline)
  const now = kernel.now()
  const slow = new Date(now.getTime() - Math.min(...deadlines) / 4)
  const row = await kernel.db
    .selectFrom('conversations as c')
    .innerJoin('turns as t', (join) =>
      join.onRef('t.conversation_id', '=', 'c.id').onRef('t.number', '=', 'c.open_turn'),
    )
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`count(*) filter (where t.started_at < ${slow})::int`.as('slow'),
    ])
    .where('c.tenant_id', '=', kernel.tenant)
    .where('c.open_turn', 'is not', null)
    .where('t.deadline_at', '>=', now)
    .executeTakeFirstOrThrow()
  return { count: row.count, crowded: row.count >= FEW_TURNS && 2 * row.slow > row.count }
}

/** How many more turns may begin. */
export const freeSlots = ({ count, crowded }: TurnsInFlight, most: number): number =>
  crowded ? 0 : Math.max(0, most - count)

/** Accepted messages that no turn has claimed, counted up to `most` + 1. */
export async function backlog(kernel: Kernel, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from
    (select 1 from messages where tenant_id = ${kernel.tenant} and status = 'accepted' limit ${most + 1}) as waiting`.execute(
    kernel.db,
  )
  return rows[0]?.count ?? 0
}

/** Conversations that are not closed, by status. */
export async function openConversations(
  kernel: Kernel,
): Promise<Record<Exclude<ConversationStatus, 'closed'>, number>> {
  const rows = await kernel.db
    .selectFrom('conversations')
    .select(['status', sql<number>`count(*)::int`.as('count')])
    .where('tenant_id', '=', kernel.tenant)
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
    .where('tenant_id', '=', kernel.tenant)
    .where('status', 'in', ['accepted', 'processing'])
    .where('created_at', '<', new Date(kernel.now().getTime() - longest))
    .executeTakeFirstOrThrow()
  return row.count
}

/**
 * The share, by intent, that was resolved without a person: of the resolutions that began to count in the last day and stand,
 * and of what was offered to people in that time and is not resolved.
 */
export async function resolutionRates(kernel: Kernel): Promise<{ intent: string; rate: number }[]> {
  const now = kernel.now()
  const since = new Date(now.getTime() - DAY)
  const { rows } = await sql<{ intent: string; rate: number }>`
    select coalesce(intent, 'unknown') as intent, avg(alone)::float8 as rate from (
      select intent, case resolved_by when 'ai' then 1 else 0 end as alone from resolutions
      where tenant_id = ${kernel.tenant} and resolved_at > ${since} and resolved_at <= ${now} and revoked_at is null
      union all
      select c.intent, 0 from conversations c
      where c.id in (select conversation_id from handoffs where tenant_id = ${kernel.tenant} and offered_at > ${since})
        and not exists (select 1 from resolutions r where r.conversation_id = c.id and r.revoked_at is null)
    ) as decided
    group by 1`.execute(kernel.db)
  return rows
}
const DAY = 86_400_000
