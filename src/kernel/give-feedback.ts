// A customer's thumb on a reply [H7]. What wrote the reply is kept with it as it was then: specialist, model, prompt and policy.
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import type { Scope } from './conversation-row.ts'
import { type FeedbackView, feedbackView } from './feedback-view.ts'
import type { Kernel } from './kernel.ts'
import type { MessageRow } from './tables.ts'
import { NOBODY_WROTE, wroteTurn } from './who-wrote.ts'

export type Feedback = {
  conversationId: string
  customer: Actor
  messageId: string
  rating: 'up' | 'down'
  /** After masking. */
  comment?: string | undefined
  commandId?: string | undefined
}

/** Another thumb on the same reply replaces the first. Throws Refusal `not_found`, or `invalid_request` for what is no reply. */
export async function giveFeedback(kernel: Kernel, given: Feedback): Promise<Carried<FeedbackView>> {
  const { customer, messageId, rating } = given
  const comment = given.comment ?? null
  const request = { message: messageId, rating, comment }
  const command = { actor: customer, id: given.commandId, kind: 'feedback', owner: customer.id, request }
  const carried = await carryOut(kernel, given.conversationId, command, async (scope) => {
    const { row, trx, now } = scope
    const reply = await replyIn(scope, messageId)
    const known = await trx
      .selectFrom('feedback')
      .selectAll()
      .where('conversation_id', '=', row.id)
      .where('message_id', '=', reply.id)
      .executeTakeFirst()
    if (known && known.rating === rating && known.comment === comment) return feedbackView(known)
    const wrote = reply.role === 'ai' && reply.turn !== null ? await wroteTurn(scope, reply.turn) : NOBODY_WROTE
    const stored = await trx
      .insertInto('feedback')
      .values({
        tenant_id: kernel.tenant,
        desk: row.desk,
        conversation_id: row.id,
        message_id: reply.id,
        customer_id: row.customer_id,
        rating,
        comment,
        said_by: reply.role === 'human' ? 'human' : 'ai',
        turn: reply.turn,
        ...wrote,
        at: now,
      })
      .onConflict((conflict) =>
        conflict.columns(['conversation_id', 'message_id']).doUpdateSet({ rating, comment, at: now }),
      )
      .returningAll()
      .executeTakeFirstOrThrow()
    const { specialist, model } = stored
    const told = { message_id: reply.id, rating, specialist, model }
    scope.emit('feedback-given', `${reply.id}/${row.last_seq}`, told, 'agents')
    await audit(scope, customer, { action: 'feedback.given', subject: reply.id, detail: { rating } })
    return feedbackView(stored)
  })
  if (!carried) throw new Refusal('not_found', 'There is no such conversation.')
  return carried
}

async function replyIn({ trx, row }: Scope, messageId: string): Promise<MessageRow> {
  const message = await trx
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', row.id)
    .where('id', '=', messageId)
    .where('role', 'in', ['ai', 'human'])
    .executeTakeFirst()
  if (message) return message
  const errors = [{ pointer: '/message_id', detail: 'There is no such reply of the AI or a person.' }]
  throw new Refusal('invalid_request', 'Only replies of the AI or a person can be rated.', { errors })
}
