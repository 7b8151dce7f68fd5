// A write to a business system as people see it who may have to rule on it.
import type { Json, JsonObject } from '../domain/json.ts'
import type { EffectRow } from './tables.ts'

export type EffectView = {
  id: string
  conversation_id: string
  customer_id: string
  desk: string
  tool: string
  arguments: JsonObject
  /** What reaches the back end as idempotency key or reference. */
  key: string
  business_key: string | null
  state: EffectRow['state']
  tries: number
  outcome: Json
  created_at: string
  sent_at: string | null
  ended_at: string | null
}

export function effectView(row: EffectRow): EffectView {
  return {
    id: row.id,
    conversation_id: row.conversation_id,
    customer_id: row.customer_id,
    desk: row.desk,
    tool: row.tool,
    arguments: row.arguments,
    key: row.key,
    business_key: row.business_key,
    state: row.state,
    tries: row.tries,
    outcome: row.outcome,
    created_at: row.created_at.toISOString(),
    sent_at: row.sent_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
  }
}
