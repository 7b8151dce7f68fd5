// What is sent back, as zod schemas: they document the answers in OpenAPI.
import { z } from 'zod'
import { channels } from '../channels/index.ts'
import { APPROVAL_STATES } from '../domain/approval.ts'
import { ALERT_KINDS } from '../domain/alerts.ts'
import { PRIORITIES } from '../domain/conversation.ts'
import { HANDOFF_STATES } from '../domain/handoff.ts'

export const time = z.iso.datetime().meta({ description: 'UTC' })
export const person = z.object({ id: z.string(), name: z.string() })

export const messageStatus = z.enum(['accepted', 'processing', 'answered', 'handed_off', 'failed'])

export const message = z
  .object({
    id: z.string(),
    seq: z.int().meta({ description: "That of the message's event" }),
    role: z.enum(['customer', 'ai', 'human', 'system', 'note']).meta({ description: 'Notes are shown to agents only' }),
    status: messageStatus.optional().meta({ description: "Of a customer's message only" }),
    text: z.string(),
    citations: z
      .array(z.object({ document: z.string(), title: z.string(), passage: z.string(), url: z.string().optional() }))
      .optional(),
    in_reply_to: z.array(z.string()),
    author: person.optional(),
    created_at: time,
  })
  .meta({ id: 'Message' })

export const conversationStatus = z.enum(['open', 'pending', 'resolved', 'closed'])
export const controlledBy = z.enum(['ai', 'human'])
export const channel = z.enum(channels.map(({ name }) => name))
/** Desks bring their own; `none` carries no request. */
export const intent = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)

export const nextDeadline = z
  .object({ kind: z.enum(['follow_up', 'resolve', 'close', 'handoff', 'approval']), at: time })
  .nullable()
  .meta({ description: 'The next deadline a person would want to see' })

export const conversation = z
  .object({
    id: z.string(),
    customer_id: z.string(),
    guest: z.literal(true).optional().meta({ description: 'Of somebody without an account' }),
    channel,
    desk: z.string(),
    status: conversationStatus,
    controlled_by: controlledBy,
    intent: intent.nullable(),
    specialist: z.string().nullable(),
    ticket_id: z.string().optional(),
    cost_usd: z
      .string()
      .regex(/^\d+\.\d{6}$/)
      .meta({ description: 'US dollars with six places, as a decimal string', example: '0.001234' }),
    next: nextDeadline,
    closing: z.literal(true).optional().meta({ description: 'A close was asked for and waits for the turn to end' }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'Conversation' })

export const progress = z
  .object({ id: z.string(), status: messageStatus, reply: message.optional() })
  .meta({ id: 'MessageProgress' })

export const priority = z.enum(PRIORITIES)
export const handoffState = z.enum(HANDOFF_STATES)

export const handoff = z
  .object({
    id: z.string(),
    conversation_id: z.string(),
    state: handoffState,
    reason: z.string(),
    priority,
    ticket_id: z.string().optional(),
    claimed_by: person.optional(),
    team: z.string().optional(),
    assigned_to: person.optional().meta({ description: 'Until the deadline only they, or a supervisor, may claim it' }),
    brief: z.looseObject({
      summary: z.string(),
      wants: z.string(),
      sentiment: z.enum(['negative', 'neutral', 'positive']),
      tried: z.array(z.object({ tool: z.string(), outcome: z.string(), came_back: z.string() })),
      suggested_next_step: z.string(),
      suggested_reply: z.string().nullable(),
      transcript_url: z.string(),
      customer: z.object({ id: z.string(), name: z.string().optional(), tier: z.string().optional() }),
      expected_at: time,
    }),
    offered_at: time,
    deadline_at: time,
    next_step: z.string().meta({ description: 'What happens at the deadline, a code; empty once it is over' }),
    offers: z.int().meta({ description: 'Times it was offered' }),
  })
  .meta({ id: 'Handoff' })

export const staff = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(['agent', 'supervisor', 'admin']),
    online: z.boolean(),
    seen_at: time,
  })
  .meta({ id: 'Staff' })

export const effectState = z.enum(['intended', 'sent', 'settled', 'refused', 'unknown'])

export const effect = z
  .object({
    id: z.string(),
    conversation_id: z.string(),
    customer_id: z.string(),
    desk: z.string(),
    tool: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    key: z.string().meta({ description: 'Reaches the back end as idempotency key or reference' }),
    business_key: z.string().nullable(),
    state: effectState,
    tries: z.int(),
    outcome: z.unknown(),
    created_at: time,
    sent_at: time.nullable(),
    ended_at: time.nullable(),
  })
  .meta({ id: 'Effect' })

export const approvalState = z.enum(APPROVAL_STATES)

export const approval = z
  .object({
    id: z.string(),
    conversation_id: z.string(),
    desk: z.string(),
    tool: z.string(),
    arguments: z.record(z.string(), z.unknown()).meta({ description: 'Exactly what will run' }),
    text: z.string().meta({ description: 'The effect in words, made from these arguments' }),
    consequence: z.string(),
    effect_text: z.string().meta({ description: 'Text and consequence' }),
    digest: z.string().meta({ description: 'Binds tool, arguments, customer and policy version' }),
    policy_version: z.string(),
    state: approvalState,
    needed: z
      .object({ role: z.enum(['agent', 'supervisor']), people: z.int() })
      .meta({ description: 'So many different people, at least one of whom has this role or more' }),
    reasons: z.array(z.enum(['amount', 'daily_sum', 'untrusted_text', 'tool', 'made_before'])),
    decisions: z.array(
      z.object({
        by: z.object({ id: z.string(), name: z.string(), role: z.string() }),
        decision: z.enum(['approve', 'refuse', 'edit']),
        at: time,
      }),
    ),
    customer: z.object({ id: z.string(), name: z.string().optional(), tier: z.string().optional() }),
    amount: z.object({ cents: z.int(), currency: z.string() }).optional(),
    refused_because: z.string().optional(),
    superseded_by: z.string().optional(),
    effect_id: z.string().optional().meta({ description: 'The write it became' }),
    requested_at: time,
    expires_at: time,
    decided_at: time.optional(),
  })
  .meta({ id: 'Approval' })

export const alertKind = z.enum(ALERT_KINDS)

export const alert = z
  .object({
    kind: alertKind,
    conversation_id: z.string(),
    desk: z.string(),
    subject: z
      .string()
      .meta({ description: 'Id of the message, effect or handoff, number of the turn, or the conversation' }),
    since: time,
  })
  .meta({ id: 'Alert' })

export const auditRow = z
  .object({
    id: z.int(),
    conversation_id: z.string().nullable(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
    at: time,
    position: z.int().nullable().meta({ description: 'Its place in the chain; null for the second until it has one' }),
    previous_hash: z.string().nullable(),
    hash: z.string().nullable(),
  })
  .meta({ id: 'AuditRow' })

export const auditCheck = z
  .object({
    rows: z.int(),
    head: z.object({ position: z.int(), hash: z.string() }),
    unchained: z.int().meta({ description: 'Rows that have no place in the chain yet' }),
    broken: z
      .object({
        position: z.int(),
        id: z.int().nullable(),
        problem: z.enum(['missing', 'changed', 'out_of_chain', 'end_missing', 'head_changed', 'anchor_differs']),
      })
      .nullable()
      .meta({ description: 'The first place where the chain does not hold' }),
  })
  .meta({ id: 'AuditCheck' })

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable' }),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() })
