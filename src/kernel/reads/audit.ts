import type { JsonObject } from '../../domain/json.ts'
import type { Kernel } from '../kernel.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

export type AuditView = {
  id: number
  conversation_id: string | null
  actor: string
  action: string
  subject: string
  detail: JsonObject
  at: string
  /** Its place in the chain; null for the second until it has one. */
  position: number | null
  previous_hash: string | null
  hash: string | null
}
export type AuditFilter = { conversationId?: string | undefined; actor?: string | undefined; since?: Date | undefined }

/** Newest first. */
export async function listAudit(kernel: Kernel, filter: AuditFilter, page: PageRequest): Promise<Page<AuditView>> {
  const after = readCursor(page.cursor, ['integer'])
  let query = kernel.db.selectFrom('audit_log').selectAll().where('tenant_id', '=', kernel.tenant)
  if (filter.conversationId !== undefined) query = query.where('conversation_id', '=', filter.conversationId)
  if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor)
  if (filter.since) query = query.where('at', '>=', filter.since)
  if (after) query = query.where('id', '<', after[0])
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return pageOf(
    rows,
    page.limit,
    ({ id, conversation_id, actor, action, subject, detail, at, position, previous_hash, hash }) => ({
      id,
      conversation_id,
      actor,
      action,
      subject,
      detail,
      at: at.toISOString(),
      position,
      previous_hash,
      hash,
    }),
    (row) => [row.id],
  )
}
