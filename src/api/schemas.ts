// What is sent back, as zod schemas: they document the answers in OpenAPI.
import { z } from 'zod'
import { CHANNELS } from '../domain/conversation.ts'

const time = z.iso.datetime().meta({ description: 'UTC' })
const person = z.object({ id: z.string(), name: z.string() })

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
export const channel = z.enum(CHANNELS)
/** Desks bring their own; `none` carries no request. */
export const intent = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)

export const conversation = z
  .object({
    id: z.string(),
    customer_id: z.string(),
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
    closing: z.literal(true).optional().meta({ description: 'A close was asked for and waits for the turn to end' }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'Conversation' })

export const progress = z
  .object({ id: z.string(), status: messageStatus, reply: message.optional() })
  .meta({ id: 'MessageProgress' })

export const handoffState = z.enum(['offered', 'seen', 'claimed', 'answered', 'handed_back', 'resolved'])

export const handoff = z
  .object({
    id: z.string(),
    conversation_id: z.string(),
    state: handoffState,
    reason: z.string(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']),
    ticket_id: z.string().optional(),
    claimed_by: person.optional(),
    brief: z.looseObject({
      summary: z.string(),
      wants: z.string(),
      sentiment: z.enum(['negative', 'neutral', 'positive']),
      tried: z.array(z.object({ tool: z.string(), outcome: z.string() })),
      transcript_url: z.string(),
    }),
    offered_at: time,
    deadline_at: time,
  })
  .meta({ id: 'Handoff' })

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

export const auditRow = z
  .object({
    id: z.int(),
    conversation_id: z.string().nullable(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
    at: time,
  })
  .meta({ id: 'AuditRow' })

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
