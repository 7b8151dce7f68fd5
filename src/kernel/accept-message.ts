// A customer writes into a conversation. The row is the acceptance: once it is committed, the message is never lost (P1).
import { Refusal } from '../domain/errors.ts'
import { inConversation } from './conversation-row.ts'
import { clientKey, enterMessage, type IncomingMessage, knownMessage } from './customer-message.ts'
import type { Kernel } from './kernel.ts'
import type { Accepted } from './start-conversation.ts'

export type IncomingTo = {
  conversationId: string
  customer: { id: string }
  message: IncomingMessage
  idempotencyKey?: string | undefined
}

/**
 * Accepts the message, reopening a closed conversation and cancelling a close request. A repeat is looked up first and
 * changes nothing. Throws Refusal `not_found` (also for another customer's) or `idempotency_conflict`.
 */
export async function acceptMessage(kernel: Kernel, incoming: IncomingTo): Promise<Accepted> {
  const { conversationId, customer, message } = incoming
  const key = clientKey(message, incoming.idempotencyKey)
  const accepted = await inConversation(kernel, conversationId, async (scope): Promise<Accepted | null> => {
    if (scope.row.customer_id !== customer.id) return null
    const known = await knownMessage(scope, message, key)
    if (known) return { conversation: scope.row, message: known, repeated: true }
    scope.change({ status: 'open', closed_at: null, close_requested_by: null, quiet_at: null, quiet_stage: null })
    const status = scope.row.controlled_by === 'human' ? 'handed_off' : 'accepted'
    const stored = await enterMessage(scope, message, { clientKey: key, isFirst: false, status })
    return { conversation: scope.row, message: stored, repeated: false }
  })
  if (!accepted) throw new Refusal('not_found', 'There is no such conversation.')
  return accepted
}
