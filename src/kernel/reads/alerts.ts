// The list of what is stuck, counted and shown by one query, so that a number on a dashboard always has its rows (P7).
import { type RawBuilder, sql } from 'kysely'
import { ALERT_AFTER, ALERT_KINDS, type AlertKind } from '../../domain/alerts.ts'
import type { Kernel } from '../kernel.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

export type AlertView = {
  kind: AlertKind
  conversation_id: string
  desk: string
  /** Id of the message, the effect or the handoff, number of the turn; of the conversation where nothing smaller is meant. */
  subject: string
  since: string
}

type AlertRow = Omit<AlertView, 'since'> & { since: Date }

/** Longest first. */
export async function listAlerts(
  kernel: Kernel,
  filter: { kind?: AlertKind | undefined },
  page: PageRequest,
): Promise<Page<AlertView>> {
  const after = readCursor(page.cursor, ['time', 'string', 'string'])
  const conditions = [
    ...(filter.kind ? [sql`kind = ${filter.kind}`] : []),
    ...(after ? [sql`(since, kind, subject) > (${new Date(after[0])}, ${after[1]}, ${after[2]})`] : []),
  ]
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const { rows } = await sql<AlertRow>`
    select * from (${alertRows(kernel)}) as alerts ${where} order by since, kind, subject limit ${page.limit + 1}`.execute(
    kernel.db,
  )
  const view = (row: AlertRow): AlertView => ({ ...row, since: row.since.toISOString() })
  return pageOf(rows, page.limit, view, (row) => [row.since.toISOString(), row.kind, row.subject])
}

/** How many of each kind there are; kinds without any are 0. */
export async function countAlerts(kernel: Kernel): Promise<Record<AlertKind, number>> {
  const { rows } = await sql<{ kind: AlertKind; count: number }>`
    select kind, count(*)::int as count from (${alertRows(kernel)}) as alerts group by kind`.execute(kernel.db)
  const counts = new Map(rows.map(({ kind, count }) => [kind, count]))
  return Object.fromEntries(ALERT_KINDS.map((kind) => [kind, counts.get(kind) ?? 0])) as Record<AlertKind, number>
}

/** Everything that is stuck, as a query to select from. */
export function alertRows({ tenant, now, desks }: Kernel): RawBuilder<AlertRow> {
  const time = now().getTime()
  const ago = (milliseconds: number) => sql`${new Date(time - milliseconds)}::timestamptz`
  const policies = [...desks.values()].map(({ name, policy }) => [name, policy] as const)
  // Milliseconds by desk; a desk that this process was not given has the longest of the others.
  const turns = policies.map(([name, { turn }]) => [name, turn.deadline] as const)
  const longestTurn = Math.max(0, ...turns.map(([, deadline]) => deadline))
  const json = (entries: readonly (readonly [string, unknown])[]) =>
    sql`${JSON.stringify(Object.fromEntries(entries))}::jsonb`
  const milliseconds = (value: RawBuilder<unknown>) => sql`(${value})::float8 * interval '1 millisecond'`
  return sql<AlertRow>`
    select 'message_overdue' as kind, m.conversation_id, m.desk, m.id as subject, m.created_at as since
    from messages m
    where m.tenant_id = ${tenant} and m.status in ('accepted', 'processing') and m.created_at
      < ${ago(0)} - ${milliseconds(sql`coalesce(${json(turns)} ->> m.desk, ${String(longestTurn)})`)}
    union all
    select 'not_taken_up', c.id, c.desk, c.id, c.wake_at
    from conversations c
    where c.tenant_id = ${tenant} and c.open_turn is null and c.wake_at < ${ago(ALERT_AFTER.notTakenUp)}
    union all
    select 'turn_stuck', c.id, c.desk, t.number::text, least(t.alive_at, t.deadline_at)
    from conversations c join turns t on t.conversation_id = c.id and t.number = c.open_turn
    where c.tenant_id = ${tenant} and c.open_turn is not null
      and (t.alive_at < ${ago(ALERT_AFTER.turnSilent)} or t.deadline_at < ${ago(ALERT_AFTER.turnSilent)})
    union all
    select 'effect_unsettled', e.conversation_id, e.desk, e.id, coalesce(e.sent_at, e.created_at)
    from effects e
    where e.tenant_id = ${tenant} and (e.state = 'sent' or (e.state = 'intended' and e.authority <> 'turn'))
      and coalesce(e.sent_at, e.created_at) < ${ago(ALERT_AFTER.effectWaits)}
    union all
    select 'effect_unknown', e.conversation_id, e.desk, e.id, coalesce(e.sent_at, e.created_at)
    from effects e
    where e.tenant_id = ${tenant} and e.state = 'unknown'
    union all
    select 'handoff_unclaimed', h.conversation_id, h.desk, h.id, h.offered_at
    from handoffs h
    where h.tenant_id = ${tenant} and h.state in ('offered', 'seen') and (h.missed > 0 or h.deadline_at < ${ago(0)})
    union all
    select 'handoff_silent', h.conversation_id, h.desk, h.id, h.claimed_at
    from handoffs h
    where h.tenant_id = ${tenant} and h.state in ('claimed', 'answered') and h.missed > 0 and h.next_step = 'release'
    union all
    select 'notice_unsent', n.conversation_id, n.desk, n.id, n.created_at
    from notices n
    where n.tenant_id = ${tenant} and (n.state = 'given_up' or (n.state = 'waiting' and n.created_at < ${ago(ALERT_AFTER.noticeWaits)}))`
}
