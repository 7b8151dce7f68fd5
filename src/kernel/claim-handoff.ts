// Claiming: of two people one wins, and the other is told who.
import type { Person } from '../domain/conversation.ts'
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import type { Scope } from './conversation-row.ts'
import { conversationOfHandoff, handoffIn } from './find-handoff.ts'
import { changeHandoff, clockOf, customerWaits } from './handoff-clock.ts'
import { type HandoffView, handoffView } from './handoff-view.ts'
import type { Kernel } from './kernel.ts'
import { sweepToPerson } from './pass-floor.ts'
import type { HandoffRow } from './tables.ts'

export type HandoffCommand = { handoffId: string; agent: Actor; commandId?: string | undefined }

/** Throws Refusal `not_found`, `already_claimed` with `claimed_by`, or `conflict` when it is over. */
export async function claimHandoff(kernel: Kernel, claim: HandoffCommand): Promise<Carried<HandoffView>> {
  const conversationId = await conversationOfHandoff(kernel, claim.handoffId)
  const command = { actor: claim.agent, id: claim.commandId, kind: 'claim', request: { handoff: claim.handoffId } }
  const carried = await carryOut(kernel, conversationId, command, async (scope) => {
    const handoff = await handoffIn(scope, claim.handoffId)
    return handoffView(await claimUnderLock(scope, handoff, claim.agent))
  })
  if (!carried) throw new Refusal('not_found', 'There is no such handoff.')
  return carried
}

/**
 * Claims a live handoff for a person; for its owner nothing changes. What was given to a colleague is theirs until the deadline;
 * `by` says who decides so, when it is not the person: an operator, who may, as a supervisor may.
 */
export async function claimUnderLock(
  scope: Scope,
  handoff: HandoffRow,
  agent: Actor,
  by: Actor = agent,
): Promise<HandoffRow> {
  if (handoff.claimed_by?.id === agent.id) return handoff
  if (handoff.claimed_by) {
    const { id, name } = handoff.claimed_by
    throw new Refusal('already_claimed', 'Somebody else has claimed this handoff.', { claimed_by: { id, name } })
  }
  const { assigned_to: assigned } = handoff
  if (assigned && assigned.id !== agent.id && by.role === 'agent') {
    throw new Refusal('assigned_to_other', 'This handoff was given to a colleague.', { assigned_to: assigned })
  }
  const person: Person = { id: agent.id, name: agent.name }
  await sweepToPerson(scope, { turnState: 'abandoned', messageStatus: 'handed_off', outcome: 'claimed' })
  const { priority, promised_at: promised } = handoff
  const waiting = await customerWaits(scope, handoff)
  const claimed = await changeHandoff(scope, handoff.id, {
    // Until the first word the time that the customer was told counts.
    ...clockOf(scope, { state: 'claimed', priority, missed: 0, waiting, notBefore: promised }),
    claimed_by: JSON.stringify(person),
    claimed_at: scope.now,
    assigned_to: null,
  })
  // The floor makes the key: after a release the same handoff is claimed again.
  scope.emit('handoff-claimed', `${handoff.id}/${scope.row.floor}`, {
    handoff_id: handoff.id,
    claimed_by: person,
    offered_at: handoff.offered_at.toISOString(),
  })
  await audit(scope, agent, { action: 'handoff.claimed', subject: handoff.id, detail: { reason: handoff.reason } })
  return claimed
}
