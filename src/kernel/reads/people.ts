import type { StaffRole } from '../../domain/conversation.ts'
import type { Kernel } from '../kernel.ts'
import { ONLINE_FOR } from '../people.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

export type PersonView = { id: string; name: string; role: StaffRole; online: boolean; seen_at: string }

/** Everybody of the staff we have seen: to whom a conversation can be transferred. */
export async function listPeople(kernel: Kernel, page: PageRequest): Promise<Page<PersonView>> {
  const after = readCursor(page.cursor, ['string'])
  const since = kernel.now().getTime() - ONLINE_FOR
  let query = kernel.db.selectFrom('people').selectAll().where('tenant_id', '=', kernel.tenant)
  // By id, because seen_at moves while somebody turns pages.
  if (after) query = query.where('id', '>', after[0])
  const rows = await query
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
  const view = ({ id, name, role, away, seen_at: seen }: (typeof rows)[number]): PersonView => ({
    id,
    name,
    role,
    online: !away && seen.getTime() > since,
    seen_at: seen.toISOString(),
  })
  return pageOf(rows, page.limit, view, (row) => [row.id])
}
