// What clients send. Strict: unknown fields are 422. NUL and lone surrogates are refused before this (json-tree.ts).
import { z } from 'zod'
import { LONGEST_TEXT, textProblems } from '../guardrails/text-input.ts'
import { looksLikeCard } from './masked.ts'
import { channel } from './schemas.ts'

/** The form of ids that clients may choose. */
export const clientId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .refine((id) => !looksLikeCard(id), { error: 'Must not look like a card number.' })
  .meta({ description: 'Unique in its conversation; the same id again is the same message' })

export const text = z
  .string()
  .refine((value) => textProblems(value).length === 0, {
    error: `Must have 1 to ${LONGEST_TEXT} code points of well-formed text.`,
  })
  .meta({ override: { minLength: 1, maxLength: LONGEST_TEXT } })

const locale = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/)
const timeZone = z.string().max(64).refine(isTimeZone, { error: 'Must be an IANA time zone.' })
const metadata = z
  .record(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/), z.string().max(256))
  .refine((value) => Object.keys(value).length <= 16, { error: 'May have 16 entries.' })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const newMessage = z.strictObject({ id: clientId.optional(), text })

export const newConversation = z.strictObject({
  channel: channel.optional(),
  desk: z.string().max(64).optional(),
  message: newMessage,
  locale: locale.optional(),
  time_zone: timeZone.optional(),
  metadata: metadata.optional(),
})

export const newReply = z.strictObject({
  id: clientId.optional(),
  text,
  take_over: z.boolean().optional(),
  in_reply_to: z.array(clientId).min(1).max(100).optional(),
  last_seen_seq: z.int().min(0).optional(),
})

export const newNote = z.strictObject({ text })
export const handBackNote = z.strictObject({ note: text.optional() })
/** Either a colleague or a team. */
export const transfer = z.strictObject({
  to: z.union([
    z.strictObject({ agent_id: z.string().min(1).max(255) }),
    z.strictObject({ team: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/) }),
  ]),
  note: text.optional(),
})
export const presence = z.strictObject({ away: z.boolean() })
export const ruling = z.strictObject({ outcome: z.enum(['happened', 'did_not_happen']), note: text })
export const approvalDecision = z
  .strictObject({
    decision: z.enum(['approve', 'refuse']),
    digest: z.string().min(1).max(64).meta({ description: 'Of what you saw' }),
    reason: text.optional().meta({ description: 'Why it is refused; the customer reads it' }),
    arguments: z
      .record(z.string().max(64), z.json())
      .optional()
      .meta({ description: 'With approve: what it should be instead. Supersedes this approval by another one' }),
  })
  .refine((given) => given.decision === 'approve' || given.arguments === undefined, {
    error: 'Only with approve.',
    path: ['arguments'],
  })
export const nothing = z.strictObject({})

/** Lists: `limit` and `cursor`, with the list's own filters beside them. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, { error: 'Must be 1 to 100.' })
    .optional()
    .meta({ override: { type: 'integer', minimum: 1, maximum: 100, default: 20 } }),
  cursor: z.string().min(1).max(500).optional(),
}

export const pageRequest = (query: { limit?: string | undefined; cursor?: string | undefined }) => ({
  limit: Number(query.limit ?? 20),
  cursor: query.cursor,
})
