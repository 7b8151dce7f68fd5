// The conversations that began in the window, and what became of them: in all, by day and by intent, in one look. What became
// of them came after they began, so it is read by the same time and joined at once, not looked up for each.
import { sql } from 'kysely'
import { sixPlaces } from '../../conversation-view.ts'
import type { Kernel } from '../../kernel.ts'
import { dayOf, dayText, ofConversation, within, type Window } from './window.ts'

export type Cohort = {
  conversations: number
  /** With a resolution that counts and was not revoked. */
  resolved: number
  resolved_without_person: number
  /** Resolved, or offered to people; of the others nobody can tell yet. */
  decided: number
  /** Resolved without a person, of those decided; null while there are none. */
  resolution_rate: number | null
  cost_usd: string
  /** Customers who returned after a resolution. */
  came_back: number
}

type Row = Omit<Cohort, 'resolution_rate'> & { day: string | null; intent: string | null; total: boolean }

export async function cohorts(
  kernel: Kernel,
  window: Window,
): Promise<{
  total: Cohort | undefined
  days: Map<string, Cohort>
  intents: Map<string, Cohort>
  /** By `intent day`. */
  intentDays: Map<string, Cohort>
}> {
  const { tenant } = kernel
  const { from, to } = window
  const { rows } = await sql<Row>`
    select ${dayText} as day, intent, grouping(day, intent) = 3 as total,
      coalesce(sum(conversations), 0)::int as conversations, coalesce(sum(resolved), 0)::int as resolved,
      coalesce(sum(resolved_without_person), 0)::int as resolved_without_person,
      coalesce(sum(decided), 0)::int as decided, coalesce(sum(cost_usd), 0)::text as cost_usd,
      coalesce(sum(came_back), 0)::int as came_back
    from (
      select ${dayOf(sql`c.created_at`)} as day, coalesce(c.intent, 'unknown') as intent, count(*) as conversations,
        count(resolved_by) as resolved, count(*) filter (where resolved_by = 'ai') as resolved_without_person,
        count(*) filter (where resolved_by is not null or offered.conversation_id is not null) as decided,
        sum(c.cost_usd) as cost_usd, coalesce(sum(came_back), 0) as came_back
      from conversations c
      left join (
        select r.conversation_id, count(r.revoked_at) as came_back,
          max(r.resolved_by) filter (where r.revoked_at is null and r.resolved_at <= ${to}) as resolved_by
        from resolutions r where r.tenant_id = ${tenant} and r.resolved_at >= ${from} group by r.conversation_id
      ) ended on ended.conversation_id = c.id
      left join (
        select distinct h.conversation_id from handoffs h where h.tenant_id = ${tenant} and h.offered_at >= ${from}
      ) offered on offered.conversation_id = c.id
      where ${ofConversation(kernel, window)} and ${within(sql`c.created_at`, window)}
      group by 1, 2
    ) as begun
    group by grouping sets ((), (day), (intent), (intent, day))
    order by conversations desc, intent`.execute(kernel.db)
  const named = (name: 'day' | 'intent') =>
    new Map(rows.flatMap((row) => (isBy(row, name) ? [[row[name] ?? '', cohort(row)] as const] : [])))
  const both = rows.filter(({ day, intent }) => day !== null && intent !== null)
  const intentDays = new Map(both.map((row) => [`${row.intent} ${row.day}`, cohort(row)]))
  const total = rows.find((row) => row.total)
  return { total: total && cohort(total), days: named('day'), intents: named('intent'), intentDays }
}

/** The row is one of this grouping alone. */
const isBy = (row: Row, name: 'day' | 'intent'): boolean =>
  row[name] !== null && row[name === 'day' ? 'intent' : 'day'] === null

const cohort = ({ conversations, resolved, resolved_without_person, decided, cost_usd, came_back }: Row): Cohort => ({
  conversations,
  resolved,
  resolved_without_person,
  decided,
  resolution_rate: decided === 0 ? null : resolved_without_person / decided,
  cost_usd: sixPlaces(cost_usd),
  came_back,
})
