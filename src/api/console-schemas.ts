// What the console reads, as zod schemas: they document the answers in OpenAPI.
import { z } from 'zod'
import { QUEUE_VIEWS } from '../kernel/reads/queue-views.ts'
import {
  alertKind,
  approval,
  channel,
  controlledBy,
  conversation,
  conversationStatus,
  effect,
  handoff,
  intent,
  nextDeadline,
  person,
  priority,
  time,
} from './schemas.ts'

export const queueView = z.enum(QUEUE_VIEWS)

export const queueCounts = z
  .object({
    waiting: z.int().meta({ description: 'Handoffs that nobody has claimed' }),
    mine: z.int().meta({ description: 'Conversations that this person has claimed, or was given' }),
    all: z.int().meta({ description: 'Conversations that are not closed' }),
    approvals: z.int().meta({ description: 'Writes that wait for consent' }),
    stuck: z.int().meta({ description: 'What GET /v1/alerts lists' }),
  })
  .meta({ id: 'QueueCounts' })

export const queueRow = z
  .object({
    key: z.string().meta({ description: 'Unique in its view' }),
    view: queueView,
    conversation_id: z.string(),
    customer: z.object({ id: z.string(), name: z.string().nullable(), tier: z.string().nullable() }),
    subject: z.string().meta({ description: "The customer's last words, on one line of at most 140 characters" }),
    channel,
    intent: intent.nullable(),
    status: conversationStatus,
    controlled_by: controlledBy,
    floor_owner: person.nullable(),
    assigned_to: person.nullable(),
    team: z.string().nullable(),
    reason: z.string().nullable(),
    priority,
    state: z.string().nullable().meta({ description: 'Of the approval, else of the handoff' }),
    handoff_id: z.string().nullable(),
    approval_id: z.string().nullable(),
    alert_kind: alertKind.nullable(),
    approval_text: z.string().nullable(),
    offered_at: time.nullable(),
    deadline_at: time.nullable(),
    updated_at: time,
  })
  .meta({ id: 'QueueRow' })

const call = z.object({
  call_id: z.string(),
  tool: z.string(),
  kind: z.enum(['tool', 'prefetch']),
  arguments: z.record(z.string(), z.unknown()).nullable().meta({ description: 'Gone once the conversation is closed' }),
  outcome: z.string().nullable(),
  result: z.unknown(),
  effect_id: z.string().nullable(),
})

const turn = z
  .object({
    number: z.int(),
    cause: z.string(),
    state: z.enum(['open', 'done', 'handed_off', 'failed', 'abandoned']),
    outcome: z.string().nullable(),
    intent: intent.nullable(),
    confidence: z.number().nullable(),
    specialist: z.string().nullable(),
    routed_by: z.enum(['rules', 'model']).nullable(),
    model: z.string().nullable().meta({ description: 'Of its last answering model call' }),
    prompt_version: z.string().nullable(),
    policy_version: z.string().nullable(),
    cost_usd: z.string(),
    input_tokens: z.int(),
    output_tokens: z.int(),
    started_at: time,
    ended_at: time.nullable(),
    message_ids: z.array(z.string()),
    reply_message_id: z.string(),
    calls: z.array(call),
  })
  .meta({ id: 'Turn' })

export const feedback = z
  .object({ message_id: z.string(), rating: z.enum(['up', 'down']), comment: z.string().nullable(), at: time })
  .meta({ id: 'Feedback' })

export const rating = z
  .object({ score: z.int().min(1).max(5), comment: z.string().nullable(), at: time })
  .meta({ id: 'Rating' })

export const customerCard = z
  .object({
    sections: z.array(
      z.object({
        title: z.string(),
        state: z
          .enum(['read', 'unavailable'])
          .meta({ description: 'unavailable: its system did not answer, or declined' }),
        rows: z.array(z.object({ label: z.string(), text: z.string() })),
      }),
    ),
  })
  .meta({ id: 'CustomerCard' })

export const workspace = z
  .object({
    conversation,
    customer: z.object({
      id: z.string(),
      name: z.string().nullable(),
      tier: z.string().nullable(),
      since: time,
      conversations: z.int(),
      open: z.int(),
    }),
    next: nextDeadline,
    turns: z.array(turn),
    handoffs: z.array(handoff),
    approvals: z.array(approval),
    effects: z.array(effect),
    timeline: z.array(z.object({ seq: z.int(), type: z.string(), at: time, text: z.string() })),
    feedback: z.array(feedback),
    rating: rating.nullable(),
    suggested_reply: z.string().nullable(),
  })
  .meta({ id: 'Workspace' })
