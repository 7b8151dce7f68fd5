// What was offered to people in the window, and how long customers waited: from the offer to the first word of a person.
import { sql } from 'kysely'
import type { Kernel } from '../../kernel.ts'
import { dayOf, dayText, ofConversation, within, type Window } from './window.ts'

export type HandoffTally = {
  handoffs: number
  /** Seconds; null while nobody was answered. A person who takes over unasked keeps nobody waiting. */
  wait_p50_s: number | null
  wait_p95_s: number | null
}

type Row = HandoffTally & { day: string | null; reason: string | null; intent: string | null; total: boolean }

export async function handoffTallies(
  kernel: Kernel,
  window: Window,
): Promise<{
  total: HandoffTally | undefined
  days: Map<string, HandoffTally>
  reasons: Map<string, HandoffTally>
  intents: Map<string, HandoffTally>
}> {
  const { rows } = await sql<Row>`
    select ${dayText} as day, reason, intent, grouping(day, reason, intent) = 7 as total, count(*)::int as handoffs,
      percentile_cont(0.5) within group (order by waited)::float8 as wait_p50_s,
      percentile_cont(0.95) within group (order by waited)::float8 as wait_p95_s
    from (
      select ${dayOf(sql`h.offered_at`)} as day, h.reason, coalesce(c.intent, 'unknown') as intent,
        case when h.reason <> 'taken_over' then extract(epoch from (
          select m.created_at from messages m
          where m.conversation_id = h.conversation_id and m.role = 'human' and m.created_at >= h.offered_at
            and (h.ended_at is null or m.created_at <= h.ended_at)
          order by m.seq limit 1
        ) - h.offered_at)::float8 end as waited
      from handoffs h join conversations c on c.id = h.conversation_id
      where h.tenant_id = ${kernel.tenant} and ${within(sql`h.offered_at`, window)} and ${ofConversation(kernel, window)}
    ) as offered
    group by grouping sets ((), (day), (reason), (intent))
    order by handoffs desc, reason`.execute(kernel.db)
  const named = (name: 'day' | 'reason' | 'intent') =>
    new Map(rows.flatMap((row) => (row[name] === null ? [] : [[row[name], tally(row)] as const])))
  const total = rows.find((row) => row.total)
  return { total: total && tally(total), days: named('day'), reasons: named('reason'), intents: named('intent') }
}

/** How many were offered in the window, by reason. */
export async function handoffsByReason(kernel: Kernel, window: Window): Promise<Map<string, number>> {
  const { rows } = await sql<{ reason: string; handoffs: number }>`
    select h.reason, count(*)::int as handoffs from handoffs h join conversations c on c.id = h.conversation_id
    where h.tenant_id = ${kernel.tenant} and ${within(sql`h.offered_at`, window)} and ${ofConversation(kernel, window)}
    group by h.reason`.execute(kernel.db)
  return new Map(rows.map(({ reason, handoffs }) => [reason, handoffs]))
}

const tally = ({ handoffs, wait_p50_s, wait_p95_s }: Row): HandoffTally => ({ handoffs, wait_p50_s, wait_p95_s })
