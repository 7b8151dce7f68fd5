// Row types of the store, as db/migrations makes them. int8 comes as number, numeric as string, timestamptz as Date, jsonb parsed.
import type { ColumnType, Generated, Selectable, Updateable } from 'kysely'
import type {
  Channel,
  Citation,
  ControlledBy,
  ConversationStatus,
  MessageRole,
  MessageStatus,
  Person,
  Priority,
  QuietStage,
  TurnState,
} from '../domain/conversation.ts'
import type { TextKey } from '../domain/catalogue.ts'
import type { EffectAuthority, EffectState } from '../domain/effects.ts'
import type { HandoffBrief, HandoffReason } from '../domain/escalation.ts'
import type { EventType } from '../domain/events.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import type { Fact } from '../domain/memory.ts'
import type { Intent } from '../domain/routing.ts'

/** jsonb: read parsed, written as JSON text (an array given as a value would become a PostgreSQL array). */
type Jsonb<T> = ColumnType<T, string, string>
type JsonbOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>
type JsonbDefault<T> = ColumnType<T, string | undefined, string>
type Defaulted<T> = Generated<T>
type TimeDefault = ColumnType<Date, Date | undefined, Date>

export type Tables = {
  installation: { tenant_id: string; subject_ref_key: string; created_at: TimeDefault }
  customers: { tenant_id: string; id: string; name: string | null; tier: string | null; created_at: TimeDefault }
  identities: {
    tenant_id: string
    kind: 'oidc' | 'email' | 'phone' | 'guest'
    issuer: Defaulted<string>
    subject: string
    customer_id: string
    created_at: TimeDefault
  }
  conversations: {
    tenant_id: string
    id: string
    desk: string
    channel: Channel
    customer_id: string
    locale: Defaulted<string>
    time_zone: Defaulted<string>
    metadata: JsonbDefault<Record<string, string>>
    status: Defaulted<ConversationStatus>
    controlled_by: Defaulted<ControlledBy>
    floor: Defaulted<number>
    open_turn: number | null
    last_turn: Defaulted<number>
    last_seq: Defaulted<number>
    wake_at: Date | null
    quiet_at: Date | null
    quiet_stage: QuietStage | null
    close_requested_by: string | null
    intent: Intent | null
    specialist: string | null
    priority: Defaulted<Priority>
    ticket_id: string | null
    cost_usd: Defaulted<string>
    low_confidence_streak: Defaulted<number>
    summary: string | null
    summary_through: Defaulted<number>
    facts: JsonbDefault<Fact[]>
    hand_back_note: string | null
    policy_version: string
    ring_after: ColumnType<Date, Date | undefined, Date>
    ring_attempts: Defaulted<number>
    created_at: TimeDefault
    updated_at: TimeDefault
    closed_at: Date | null
  }
  messages: {
    tenant_id: string
    desk: string
    conversation_id: string
    id: string
    customer_id: string
    seq: number
    role: MessageRole
    text: string
    status: MessageStatus | null
    turn: number | null
    in_reply_to: JsonbDefault<string[]>
    citations: JsonbOrNull<Citation[]>
    author: JsonbOrNull<Person>
    client_key: string | null
    is_first: Defaulted<boolean>
    created_at: Date
  }
  events: {
    tenant_id: string
    conversation_id: string
    seq: number
    type: EventType
    key: string
    audience: Defaulted<'all' | 'agents'>
    data: Jsonb<JsonObject>
    at: Date
  }
  turns: {
    tenant_id: string
    desk: string
    conversation_id: string
    number: number
    cause: 'messages' | 'approval'
    state: Defaulted<TurnState>
    floor: number
    reply_message_id: string
    intent: Intent | null
    specialist: string | null
    confidence: number | null
    routed_by: 'rules' | 'model' | null
    text_key: TextKey | null
    transfers: Defaulted<number>
    attempt: Defaulted<number>
    outcome: string | null
    started_at: Date
    deadline_at: Date
    alive_at: Date
    ended_at: Date | null
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
  commands: {
    tenant_id: string
    actor: string
    id: string
    kind: string
    request_digest: string
    conversation_id: string | null
    outcome: Jsonb<Json>
    created_at: Date
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
    state: Defaulted<EffectState>
    tries: Defaulted<number>
    next_try_at: Date | null
    outcome: JsonbOrNull<Json>
    created_at: Date
    sent_at: Date | null
    ended_at: Date | null
  }
  approvals: {
    tenant_id: string
    desk: string
    id: string
    conversation_id: string
    turn: number
    tool: string
    arguments: Jsonb<JsonObject>
    digest: string
    policy_version: string
    state: Defaulted<string>
    expires_at: Date
    created_at: Date
  }
  handoffs: {
    tenant_id: string
    desk: string
    id: string
    conversation_id: string
    state: Defaulted<'offered' | 'seen' | 'claimed' | 'answered' | 'handed_back' | 'resolved'>
    reason: HandoffReason
    priority: Priority
    ticket_id: string | null
    claimed_by: JsonbOrNull<Person>
    brief: Jsonb<HandoffBrief>
    acknowledgement_id: string | null
    offered_at: Date
    deadline_at: Date
    claimed_at: Date | null
    ended_at: Date | null
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
  }
  passages: {
    tenant_id: string
    desk: string
    document: string
    ordinal: number
    title: string
    heading: Defaulted<string>
    text: string
    digest: string
    search: ColumnType<string, never, never>
  }
}

export type ConversationRow = Selectable<Tables['conversations']>
export type ConversationPatch = Updateable<Tables['conversations']>
export type MessageRow = Selectable<Tables['messages']>
export type TurnRow = Selectable<Tables['turns']>
export type StepRow = Selectable<Tables['steps']>
export type EffectRow = Selectable<Tables['effects']>
export type HandoffRow = Selectable<Tables['handoffs']>
