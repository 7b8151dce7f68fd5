// A customer writes into a conversation. The row is the acceptance: once it is committed, the message is never lost (P1).
import { Refusal } from '../domain/errors.ts'
import { isClaimed } from '../domain/handoff.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import { clientKey, enterMessage, type IncomingMessage, knownMessage } from './customer-message.ts'
import { changeHandoff, clockOf, customerWaits } from './handoff-clock.ts'
import type { Kernel } from './kernel.ts'
import { liveHandoff } from './pass-floor.ts'
import type { Accepted } from './start-conversation.ts'
import type { HandoffRow } from './tables.ts'

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
    const handoff = status === 'handed_off' ? await beginsToWait(scope) : null
    const stored = await enterMessage(scope, message, { clientKey: key, isFirst: false, status })
    if (handoff) await restartClock(scope, handoff)
    return { conversation: scope.row, message: stored, repeated: false, sooner: handoff !== null }
  })
  if (!accepted) throw new Refusal('not_found', 'There is no such conversation.')
  return accepted
}

/** The handoff that a person has, if no message of the customer waited for them so far: now one does. */
async function beginsToWait(scope: Scope): Promise<HandoffRow | null> {
  const handoff = await liveHandoff(scope)
  return handoff && isClaimed(handoff.state) && !(await customerWaits(scope, handoff)) ? handoff : null
}

async function restartClock(scope: Scope, { id, state, priority }: HandoffRow): Promise<void> {
  await changeHandoff(scope, id, clockOf(scope, { state, priority, missed: 0, waiting: true }))
}
