// The customer's word on the whole conversation, one to five [H7]; the last one counts.
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import { type RatingView, ratingView } from './feedback-view.ts'
import type { Kernel } from './kernel.ts'
import { wroteLast } from './who-wrote.ts'

export type Rating = {
  conversationId: string
  customer: Actor
  /** 1 to 5. */
  score: number
  /** After masking. */
  comment?: string | undefined
  commandId?: string | undefined
}

/** Throws Refusal `not_found`. */
export async function rateConversation(kernel: Kernel, given: Rating): Promise<Carried<RatingView>> {
  const { customer, score } = given
  const comment = given.comment ?? null
  const request = { score, comment }
  const command = { actor: customer, id: given.commandId, kind: 'rating', owner: customer.id, request }
  const carried = await carryOut(kernel, given.conversationId, command, async (scope) => {
    const { row, trx, now } = scope
    const known = await trx.selectFrom('ratings').selectAll().where('conversation_id', '=', row.id).executeTakeFirst()
    if (known && known.score === score && known.comment === comment) return ratingView(known)
    const { specialist, model, prompt_version, policy_version } = await wroteLast(scope)
    const wrote = { specialist, model, prompt_version, policy_version }
    const stored = await trx
      .insertInto('ratings')
      .values({
        tenant_id: kernel.tenant,
        desk: row.desk,
        conversation_id: row.id,
        customer_id: row.customer_id,
        score,
        comment,
        ...wrote,
        at: now,
      })
      .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet({ score, comment, ...wrote, at: now }))
      .returningAll()
      .executeTakeFirstOrThrow()
    scope.emit('feedback-given', `rating/${row.last_seq}`, { score, specialist, model }, 'agents')
    await audit(scope, customer, { action: 'conversation.rated', subject: row.id, detail: { score } })
    return ratingView(stored)
  })
  if (!carried) throw new Refusal('not_found', 'There is no such conversation.')
  return carried
}
