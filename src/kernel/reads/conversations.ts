import type { ControlledBy, ConversationStatus } from '../../domain/conversation.ts'
import type { Intent } from '../../domain/routing.ts'
import { type ConversationView, conversationView } from '../conversation-view.ts'
import type { Kernel } from '../kernel.ts'
import { NO_DEADLINES } from '../next-deadline.ts'
import type { ConversationRow } from '../tables.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'
import { peopleDeadlines } from './people-deadlines.ts'

export type ConversationFilter = {
  /** Only this customer's. */
  customerId?: string | undefined
  status?: ConversationStatus | undefined
  controlledBy?: ControlledBy | undefined
  intent?: Intent | undefined
  channel?: string | undefined
}

/** Newest first; ids sort by time. */
export async function listConversations(
  kernel: Kernel,
  filter: ConversationFilter,
  page: PageRequest,
): Promise<Page<ConversationView>> {
  const after = readCursor(page.cursor, ['string'])
  let query = kernel.db.selectFrom('conversations').selectAll().where('tenant_id', '=', kernel.tenant)
  if (filter.customerId !== undefined) query = query.where('customer_id', '=', filter.customerId)
  if (filter.status) query = query.where('status', '=', filter.status)
  if (filter.controlledBy) query = query.where('controlled_by', '=', filter.controlledBy)
  if (filter.intent) query = query.where('intent', '=', filter.intent)
  if (filter.channel) query = query.where('channel', '=', filter.channel)
  if (after) query = query.where('id', '<', after[0])
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const ids = rows.map(({ id }) => id)
  const people = await peopleDeadlines(kernel, ids)
  return pageOf(
    rows,
    page.limit,
    (row) => conversationView(row, people.get(row.id) ?? NO_DEADLINES),
    (row) => [row.id],
  )
}

/** The conversation as the API shows it; undefined as for `findConversation`. */
export async function readConversation(
  kernel: Kernel,
  conversationId: string,
  customerId?: string,
): Promise<ConversationView | undefined> {
  const row = await findConversation(kernel, conversationId, customerId)
  if (!row) return undefined
  const people = await peopleDeadlines(kernel, [row.id])
  return conversationView(row, people.get(row.id) ?? NO_DEADLINES)
}

/** Undefined when there is none, or it is not this customer's. */
export async function findConversation(
  kernel: Kernel,
  conversationId: string,
  customerId?: string,
): Promise<ConversationRow | undefined> {
  let query = kernel.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversationId)
    .where('tenant_id', '=', kernel.tenant)
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
  return query.executeTakeFirst()
}
