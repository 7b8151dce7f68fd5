// The supervisor's report, as zod schemas.
import { z } from 'zod'
import { time } from './schemas.ts'

const rate = z
  .number()
  .nullable()
  .meta({ description: 'Resolved without a person, of those resolved or offered to people; 0 to 1' })
const seconds = z.number().nullable().meta({ description: 'From the offer to the first word of a person' })
const money = z.string().meta({ description: 'US dollars with six places, of the conversations that began then' })
const thumbs = { up: z.int(), down: z.int() }
const waits = { handoffs: z.int(), wait_p50_s: seconds, wait_p95_s: seconds }

export const reportSummary = z
  .object({
    from: time,
    to: time,
    goals: z
      .object({ resolution_rate: z.number(), wait_s: z.number(), cost_usd: z.number() })
      .meta({ description: 'What the desk wants to reach: N6, the policy’s wait for a claim, and its budget' }),
    totals: z.object({
      conversations: z.int().meta({ description: 'That began in the window' }),
      resolved: z.int().meta({ description: 'Quiet for long enough, and nobody came back' }),
      resolved_without_person: z.int(),
      resolution_rate: rate,
      ...waits,
      cost_usd: money,
      came_back: z.int().meta({ description: 'Resolutions revoked because the customer returned' }),
      ...thumbs,
      rating_mean: z.number().nullable(),
    }),
    days: z.array(
      z.object({
        day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
        conversations: z.int(),
        resolved_without_person: z.int(),
        resolution_rate: rate,
        ...waits,
        cost_usd: money,
        ...thumbs,
      }),
    ),
    intents: z.array(
      z.object({
        intent: z.string(),
        conversations: z.int(),
        resolution_rate: rate,
        came_back: z.int(),
        wait_p50_s: seconds,
        cost_usd: money,
        ...thumbs,
        days: z.array(rate),
      }),
    ),
    reasons: z.array(z.object({ reason: z.string(), handoffs: z.int(), before: z.int(), wait_p50_s: seconds })),
    specialists: z.array(
      z.object({
        specialist: z.string().meta({ description: '`person` for replies of people' }),
        model: z.string().nullable(),
        prompt_version: z.string().nullable(),
        ...thumbs,
      }),
    ),
    changes: z.array(
      z.object({
        at: time,
        kind: z.enum(['policy', 'prompt']),
        desk: z.string(),
        specialist: z.string().nullable(),
        version: z.string(),
      }),
    ),
  })
  .meta({ id: 'ReportSummary' })
