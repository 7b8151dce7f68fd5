// The chain of the audit log: the text that each hash is taken of. Whoever checks it elsewhere needs nothing but these lines.
import { canonicalJson, type JsonObject } from './json.ts'

/** What stands before the first row. */
export const BEFORE_THE_FIRST = '0'.repeat(64)

export type ChainedContent = {
  position: number
  id: number
  tenant_id: string
  conversation_id: string | null
  actor: string
  action: string
  subject: string
  detail: JsonObject
  /** ISO time in UTC with milliseconds. */
  at: string
}

/** The hash before it, a line feed, and the row as canonical JSON: keys sorted, nothing but these. */
export const chainedText = (previousHash: string, row: ChainedContent): string =>
  `${previousHash}\n${canonicalJson({
    position: row.position,
    id: row.id,
    tenant_id: row.tenant_id,
    conversation_id: row.conversation_id,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    detail: row.detail,
    at: row.at,
  })}`
