// A person lets a conversation go to other people: offered anew, with a clock of its own. The floor stays with people.
import type { Person } from '../domain/conversation.ts'
import type { Scope } from './conversation-row.ts'
import { changeHandoff, clockOf, customerWaits } from './handoff-clock.ts'
import type { HandoffRow } from './tables.ts'

/** For whom; without it for everybody. */
export type Recipient = { assigned_to: Person | null; team: string | null }

export async function offerAgain(
  scope: Scope,
  handoff: HandoffRow,
  recipient: Recipient = { assigned_to: null, team: null },
): Promise<HandoffRow> {
  const { id, reason, priority, claimed_by: claimed } = handoff
  const waiting = await customerWaits(scope, handoff)
  const offered = await changeHandoff(scope, id, {
    ...clockOf(scope, { state: 'offered', priority, missed: 0, waiting }),
    claimed_by: null,
    claimed_at: null,
    offers: handoff.offers + 1,
    assigned_to: recipient.assigned_to && JSON.stringify(recipient.assigned_to),
    team: recipient.team,
  })
  // Every claim raises the floor, so a release is named by that of the claim it ends.
  if (claimed) scope.emit('handoff-released', `${id}/${scope.row.floor}`, { handoff_id: id })
  scope.emit('handoff-offered', `${id}/${offered.offers}`, { handoff_id: id, reason, priority, again: true })
  return offered
}
