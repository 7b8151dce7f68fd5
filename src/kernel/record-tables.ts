// Row types of what is kept on record beside a conversation: how it ended, what the customer thought, what was in use, and who did what.
import type { Generated } from 'kysely'
import type { JsonObject } from '../domain/json.ts'
import type { JsonbDefault } from './columns.ts'

export type RecordTables = {
  resolutions: {
    tenant_id: string
    desk: string
    conversation_id: string
    number: number
    resolved_by: 'ai' | 'human'
    intent: string | null
    ended_at: Date
    /** When the quiet window is over: until then nothing is claimed. */
    resolved_at: Date
    revoked_at: Date | null
  }
  feedback: {
    tenant_id: string
    desk: string
    conversation_id: string
    message_id: string
    customer_id: string
    rating: 'up' | 'down'
    comment: string | null
    said_by: 'ai' | 'human'
    turn: number | null
    intent: string | null
    specialist: string | null
    model: string | null
    prompt_version: string | null
    policy_version: string | null
    at: Date
  }
  ratings: {
    tenant_id: string
    desk: string
    conversation_id: string
    customer_id: string
    score: number
    comment: string | null
    specialist: string | null
    model: string | null
    prompt_version: string | null
    policy_version: string | null
    at: Date
  }
  versions: {
    tenant_id: string
    desk: string
    kind: 'policy' | 'prompt'
    /** Empty for a policy. */
    specialist: Generated<string>
    version: string
    at: Date
  }
  audit_log: {
    tenant_id: string
    id: Generated<number>
    conversation_id: string | null
    actor: string
    action: string
    subject: string
    detail: JsonbDefault<JsonObject>
    at: Date
    /** Its place in the chain; null until the worker has given it one. */
    position: number | null
    previous_hash: string | null
    hash: string | null
    /** Of what is written at most once; no part of the chain. */
    once_key: string | null
  }
  audit_head: { tenant_id: string; position: number; hash: string }
}
