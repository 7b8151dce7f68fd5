// From a handoff's id to its conversation, whose row is the lock; then the handoff again, under it.
import { Refusal } from '../domain/errors.ts'
import { isLive } from '../domain/handoff.ts'
import type { Actor } from './actor.ts'
import type { Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { liveHandoff } from './pass-floor.ts'
import type { HandoffRow } from './tables.ts'

/** Throws Refusal `not_found`. */
export async function conversationOfHandoff(kernel: Kernel, handoffId: string): Promise<string> {
  const found = await kernel.db
    .selectFrom('handoffs')
    .select('conversation_id')
    .where('id', '=', handoffId)
    .where('tenant_id', '=', kernel.tenant)
    .executeTakeFirst()
  if (!found) throw new Refusal('not_found', 'There is no such handoff.')
  return found.conversation_id
}

/** The handoff as it is under the lock. Throws Refusal `conflict` when it is over. */
export async function handoffIn(scope: Scope, handoffId: string): Promise<HandoffRow> {
  const handoff = await scope.trx
    .selectFrom('handoffs')
    .selectAll()
    .where('id', '=', handoffId)
    .where('conversation_id', '=', scope.row.id)
    .executeTakeFirst()
  if (!handoff) throw new Refusal('not_found', 'There is no such handoff.')
  if (!isLive(handoff.state)) throw new Refusal('conflict', `This handoff is over: it is ${handoff.state}.`)
  return handoff
}

/** The conversation's live handoff, claimed by this person. Throws Refusal `not_yours`. */
export async function ownHandoff(scope: Scope, agent: Actor): Promise<HandoffRow> {
  const handoff = await liveHandoff(scope)
  if (handoff?.claimed_by?.id !== agent.id) {
    throw new Refusal('not_yours', 'You have not claimed this conversation. Claim its handoff first.')
  }
  return handoff
}
