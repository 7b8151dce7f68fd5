import { sql } from 'kysely'
import { type HandoffView, handoffView } from '../handoff-view.ts'
import type { Kernel } from '../kernel.ts'
import type { HandoffRow } from '../tables.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

const RANK = { urgent: 0, high: 1, normal: 2, low: 3 } as const
const rank = sql<number>`case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end`

/** Most urgent first, then oldest. */
export async function listHandoffs(
  kernel: Kernel,
  filter: { state?: HandoffRow['state'] | undefined },
  page: PageRequest,
): Promise<Page<HandoffView>> {
  const after = readCursor(page.cursor, ['integer', 'time', 'string'])
  let query = kernel.db.selectFrom('handoffs').selectAll().where('tenant_id', '=', kernel.tenant)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (after) {
    const [urgency, offeredAt, id] = after
    query = query.where(sql<boolean>`(${rank}, offered_at, id) > (${urgency}, ${new Date(offeredAt)}, ${id})`)
  }
  const rows = await query
    .orderBy(rank)
    .orderBy('offered_at')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
  return pageOf(rows, page.limit, handoffView, (row) => [RANK[row.priority], row.offered_at.toISOString(), row.id])
}
