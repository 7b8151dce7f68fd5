// Row types of the store, as db/migrations makes them. int8 comes as number, numeric as string, timestamptz as Date, jsonb parsed.
// Here: conversations and what is said in them; the other subjects have files of their own.
import type { ColumnType, Generated, Selectable, Updateable } from 'kysely'
import type {
  Citation,
  ControlledBy,
  ConversationStatus,
  MessageRole,
  MessageStatus,
  Person,
  Priority,
  QuietStage,
} from '../domain/conversation.ts'
import type { EventType } from '../domain/events.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import type { Fact } from '../domain/memory.ts'
import type { Intent } from '../domain/routing.ts'
import type { Jsonb, JsonbOrNull, JsonbDefault, TimeDefault } from './columns.ts'
import type { PeopleTables } from './people-tables.ts'
import type { RecordTables } from './record-tables.ts'
import type { TurnTables } from './turn-tables.ts'

type ConversationTables = {
  installation: {
    tenant_id: string
    subject_ref_key: string
    guest_key: string | null
    approval_link_secret: string | null
    created_at: TimeDefault
  }
  customers: { tenant_id: string; id: string; name: string | null; tier: string | null; created_at: TimeDefault }
  identities: {
    tenant_id: string
    kind: 'oidc' | 'email' | 'phone' | 'guest'
    issuer: Generated<string>
    subject: string
    customer_id: string
    created_at: TimeDefault
  }
  conversations: {
    tenant_id: string
    id: string
    desk: string
    channel: string
    customer_id: string
    /** Of somebody without an account: public tools only. */
    guest: Generated<boolean>
    locale: Generated<string>
    time_zone: Generated<string>
    metadata: JsonbDefault<Record<string, string>>
    status: Generated<ConversationStatus>
    controlled_by: Generated<ControlledBy>
    floor: Generated<number>
    open_turn: number | null
    last_turn: Generated<number>
    last_seq: Generated<number>
    wake_at: Date | null
    quiet_at: Date | null
    quiet_stage: QuietStage | null
    close_requested_by: string | null
    intent: Intent | null
    specialist: string | null
    priority: Generated<Priority>
    ticket_id: string | null
    cost_usd: Generated<string>
    low_confidence_streak: Generated<number>
    summary: string | null
    summary_through: Generated<number>
    facts: JsonbDefault<Fact[]>
    hand_back_note: string | null
    policy_version: string
    ring_after: ColumnType<Date, Date | undefined, Date>
    ring_attempts: Generated<number>
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
    is_first: Generated<boolean>
    created_at: Date
  }
  events: {
    tenant_id: string
    conversation_id: string
    seq: number
    type: EventType
    key: string
    audience: Generated<'all' | 'agents'>
    data: Jsonb<JsonObject>
    at: Date
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
  passages: {
    tenant_id: string
    desk: string
    document: string
    ordinal: number
    title: string
    heading: Generated<string>
    text: string
    digest: string
    search: ColumnType<string, never, never>
  }
}

export type Tables = ConversationTables & TurnTables & PeopleTables & RecordTables

export type ConversationRow = Selectable<Tables['conversations']>
export type ConversationPatch = Updateable<Tables['conversations']>
export type MessageRow = Selectable<Tables['messages']>
export type TurnRow = Selectable<Tables['turns']>
export type StepRow = Selectable<Tables['steps']>
export type EffectRow = Selectable<Tables['effects']>
export type ApprovalRow = Selectable<Tables['approvals']>
export type HandoffRow = Selectable<Tables['handoffs']>
export type FeedbackRow = Selectable<Tables['feedback']>
export type RatingRow = Selectable<Tables['ratings']>
export type AuditRow = Selectable<Tables['audit_log']>
export type NoticeRow = Selectable<Tables['notices']>
