// Row types of what people do: approvals and handoffs, who is told of them, and who of the staff is there.
import type { Generated } from 'kysely'
import type { ApprovalState, ApproverRole, ConsentReason, Decision } from '../domain/approval.ts'
import type { Person, Priority, Role, StaffRole } from '../domain/conversation.ts'
import type { HandoffBrief, HandoffReason } from '../domain/escalation.ts'
import type { HandoffState } from '../domain/handoff.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import type { NoticeType } from '../domain/notices.ts'
import type { Jsonb, JsonbOrNull } from './columns.ts'

export type PeopleTables = {
  approvals: {
    tenant_id: string
    desk: string
    id: string
    conversation_id: string
    customer_id: string
    /** The turn that asked for it. */
    turn: number
    call_id: string | null
    tool: string
    kind: string
    /** Canonical: what will run. */
    arguments: Jsonb<JsonObject>
    digest: string
    business_key: string | null
    amount_cents: number | null
    currency: string | null
    /** What the tool had read when it was asked for. */
    facts: Jsonb<JsonObject>
    text: string
    consequence: string
    what: string
    reasons: Jsonb<ConsentReason[]>
    needed_role: ApproverRole
    needed_people: number
    policy_version: string
    state: Generated<ApprovalState>
    refused_because: string | null
    superseded_by: string | null
    expires_at: Date
    created_at: Date
    decided_at: Date | null
    /** Approved, and its business key is taken by another write: when to try again. */
    next_try_at: Date | null
    /** When the customer was told what came of it; null until then. */
    told_at: Date | null
  }
  approval_decisions: {
    tenant_id: string
    conversation_id: string
    approval_id: string
    person_id: string
    person_name: string
    person_role: Role
    decision: Decision
    request_digest: string
    outcome: Jsonb<Json>
    at: Date
  }
  handoffs: {
    tenant_id: string
    desk: string
    id: string
    conversation_id: string
    state: Generated<HandoffState>
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
    team: string | null
    assigned_to: JsonbOrNull<Person>
    offers: Generated<number>
    missed: Generated<number>
    next_step: string | null
    promised_at: Date | null
    seen_at: Date | null
    answered_at: Date | null
  }
  notices: {
    tenant_id: string
    desk: string
    id: string
    conversation_id: string
    type: NoticeType
    subject: string
    data: Jsonb<JsonObject>
    state: Generated<'waiting' | 'sent' | 'given_up'>
    tries: Generated<number>
    next_try_at: Date
    last_failure: string | null
    created_at: Date
    ended_at: Date | null
  }
  people: {
    tenant_id: string
    id: string
    name: string
    role: StaffRole
    seen_at: Date
    away: Generated<boolean>
  }
}
