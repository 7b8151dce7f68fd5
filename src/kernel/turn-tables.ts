// Row types of a turn's work: its steps, what they cost, and what it writes to business systems.
import type { Generated } from 'kysely'
import type { TurnState } from '../domain/conversation.ts'
import type { TextKey } from '../domain/catalogue.ts'
import type { EffectAuthority, EffectState } from '../domain/effects.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import type { Intent } from '../domain/routing.ts'
import type { Jsonb, JsonbOrNull } from './columns.ts'

export type TurnTables = {
  turns: {
    tenant_id: string
    desk: string
    conversation_id: string
    number: number
    cause: 'messages' | 'approval'
    state: Generated<TurnState>
    floor: number
    reply_message_id: string
    intent: Intent | null
    specialist: string | null
    confidence: number | null
    routed_by: 'rules' | 'model' | null
    text_key: TextKey | null
    approval_id: string | null
    transfers: Generated<number>
    attempt: Generated<number>
    outcome: string | null
    started_at: Date
    deadline_at: Date
    alive_at: Date
    ended_at: Date | null
    policy_version: string | null
  }
  steps: {
    tenant_id: string
    conversation_id: string
    turn: number
    key: string
    ordinal: number
    kind: 'classify' | 'model' | 'tool' | 'prefetch'
    tool: string | null
    call_id: string | null
    outcome: string | null
    content: Jsonb<Json>
    created_at: Date
  }
  misroutes: {
    tenant_id: string
    desk: string
    conversation_id: string
    turn: number
    ordinal: number
    routed_by: string
    from_specialist: string
    to_specialist: string
    created_at: Date
  }
  usage: {
    tenant_id: string
    conversation_id: string
    turn: number
    key: string
    model: string
    purpose: string
    input_tokens: number
    output_tokens: number
    cost_usd: string
    created_at: Date
    /** Of the instructions that the model was given; null for those that are no specialist's. */
    prompt_version: string | null
  }
  effects: {
    tenant_id: string
    desk: string
    id: string
    key: string
    conversation_id: string
    customer_id: string
    authority: EffectAuthority
    turn: number | null
    call_id: string | null
    approval_id: string | null
    handoff_id: string | null
    floor: number
    tool: string
    digest: string
    arguments: Jsonb<JsonObject>
    business_key: string | null
    /** Money it moves; null when it moves none. */
    amount_cents: number | null
    state: Generated<EffectState>
    tries: Generated<number>
    next_try_at: Date | null
    outcome: JsonbOrNull<Json>
    created_at: Date
    /** When it was first sent. */
    sent_at: Date | null
    /** When somebody was last allowed to send it: the lease counts from here. */
    allowed_at: Date | null
    ended_at: Date | null
  }
}
