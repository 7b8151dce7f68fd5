// Approvals with who decided, for whom, and what ran.
import type { Kysely } from 'kysely'
import type { ApprovalState } from '../../domain/approval.ts'
import { type ApprovalView, approvalView } from '../approval-view.ts'
import type { Kernel } from '../kernel.ts'
import type { ApprovalRow, Tables } from '../tables.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

/** Oldest first: whoever waited longest is decided first. */
export async function listApprovals(
  kernel: Kernel,
  filter: { state: ApprovalState; conversationId?: string | undefined },
  page: PageRequest,
): Promise<Page<ApprovalView>> {
  const after = readCursor(page.cursor, ['string'])
  let query = kernel.db
    .selectFrom('approvals')
    .selectAll()
    .where('tenant_id', '=', kernel.tenant)
    .where('state', '=', filter.state)
  if (filter.conversationId !== undefined) query = query.where('conversation_id', '=', filter.conversationId)
  if (after) query = query.where('id', '>', after[0])
  const rows = await query
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
  const views = new Map((await approvalViews(kernel.db, rows)).map((view) => [view.id, view]))
  const shown = pageOf(
    rows,
    page.limit,
    (row) => views.get(row.id),
    (row) => [row.id],
  )
  return { ...shown, data: shown.data.filter((view) => view !== undefined) }
}

export async function findApproval(kernel: Kernel, id: string): Promise<ApprovalView | null> {
  const row = await kernel.db
    .selectFrom('approvals')
    .selectAll()
    .where('tenant_id', '=', kernel.tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  const [view] = row ? await approvalViews(kernel.db, [row]) : []
  return view ?? null
}

/** Inside a transaction as well as outside one. */
export async function approvalViews(db: Kysely<Tables>, rows: readonly ApprovalRow[]): Promise<ApprovalView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const decisions = await db
    .selectFrom('approval_decisions')
    .selectAll()
    .where('approval_id', 'in', ids)
    .orderBy('at')
    .orderBy('person_id')
    .execute()
  const customers = await db
    .selectFrom('customers')
    .select(['id', 'name', 'tier'])
    .where('tenant_id', '=', rows[0]?.tenant_id ?? '')
    .where(
      'id',
      'in',
      rows.map((row) => row.customer_id),
    )
    .execute()
  const effects = await db.selectFrom('effects').select(['id', 'approval_id']).where('approval_id', 'in', ids).execute()
  return rows.map((row) =>
    approvalView(row, {
      decisions: decisions.filter((given) => given.approval_id === row.id),
      customer: customers.find(({ id }) => id === row.customer_id),
      effectId: effects.find((effect) => effect.approval_id === row.id)?.id,
    }),
  )
}
