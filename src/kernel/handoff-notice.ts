// Notices about a handoff: codes, times and a link. Nothing of what the customer wrote.
import type { HandoffNotice } from '../domain/notices.ts'
import type { Scope } from './conversation-row.ts'
import { notify } from './notify.ts'
import type { HandoffRow } from './tables.ts'

/** `step`: what was done about a missed deadline; none at the first offer. */
export async function notifyOfHandoff(
  scope: Scope,
  type: HandoffNotice,
  handoff: HandoffRow,
  step?: string,
): Promise<void> {
  await notify(scope, {
    type,
    subject: handoff.id,
    data: {
      handoff_id: handoff.id,
      state: handoff.state,
      reason: handoff.reason,
      priority: handoff.priority,
      offers: handoff.offers,
      deadline_at: handoff.deadline_at.toISOString(),
      ...(step === undefined ? {} : { step }),
      ...(handoff.claimed_by === null ? {} : { claimed_by: handoff.claimed_by.id }),
      ...(handoff.assigned_to === null ? {} : { assigned_to: handoff.assigned_to.id }),
      ...(handoff.team === null ? {} : { team: handoff.team }),
      ...(handoff.ticket_id === null ? {} : { ticket_id: handoff.ticket_id }),
      url: `${scope.kernel.publicUrl}/console/conversations/${scope.row.id}`,
    },
  })
}
