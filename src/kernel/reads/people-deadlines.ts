import { sql } from 'kysely'
import type { Kernel } from '../kernel.ts'
import type { PeopleDeadlines } from '../next-deadline.ts'
import { handoffClock, LIVE } from './queue-views.ts'

/** Until when people are waited for in each of these conversations. */
export async function peopleDeadlines(
  kernel: Kernel,
  conversationIds: string[],
): Promise<Map<string, PeopleDeadlines>> {
  if (conversationIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string } & PeopleDeadlines>`
    select c.id, (select ${handoffClock} from handoffs h
        where h.conversation_id = c.id and h.state in ${LIVE}) as handoff,
      (select min(a.expires_at) from approvals a where a.conversation_id = c.id and a.state = 'pending') as approval
    from conversations c where c.id = any(${conversationIds}::text[])`.execute(kernel.db)
  return new Map(rows.map(({ id, handoff, approval }) => [id, { handoff, approval }]))
}
