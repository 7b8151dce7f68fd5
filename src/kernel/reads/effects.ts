import type { EffectState } from '../../domain/effects.ts'
import { type EffectView, effectView } from '../effect-view.ts'
import type { Kernel } from '../kernel.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

/** Oldest first: the longest unknown outcome is the most pressing. */
export async function listEffects(
  kernel: Kernel,
  filter: { state: EffectState },
  page: PageRequest,
): Promise<Page<EffectView>> {
  const after = readCursor(page.cursor, ['string'])
  let query = kernel.db
    .selectFrom('effects')
    .selectAll()
    .where('tenant_id', '=', kernel.tenant)
    .where('state', '=', filter.state)
  if (after) query = query.where('id', '>', after[0])
  const rows = await query
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
  return pageOf(rows, page.limit, effectView, (row) => [row.id])
}
