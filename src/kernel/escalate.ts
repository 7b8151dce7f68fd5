// An operator's wish: a person should have this conversation.
import { handoffReason } from '../domain/escalation.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { carryOut } from './commands.ts'
import type { Kernel } from './kernel.ts'
import { liveHandoff, offerHandoff } from './pass-floor.ts'

export type Escalated = { floor: number; handoffId: string }

const OPERATOR: Actor = { id: 'operator', name: 'Operator', role: 'operator' }

/**
 * Offers the conversation to people unless they have it already; the same id again changes nothing.
 * Null when there is no such conversation.
 */
export async function escalate(
  kernel: Kernel,
  request: { conversationId: string; reason: string; actor?: Actor; commandId?: string },
): Promise<Escalated | null> {
  const actor = request.actor ?? OPERATOR
  const reason = handoffReason(request.reason)
  const command = { actor, id: request.commandId, kind: 'escalate', request: { reason } }
  const carried = await carryOut(kernel, request.conversationId, command, async (scope): Promise<Escalated> => {
    const live = await liveHandoff(scope)
    if (live) return { floor: scope.row.floor, handoffId: live.id }
    if (scope.row.status === 'closed') scope.change({ closed_at: null, close_requested_by: null })
    const offered = await offerHandoff(scope, {
      reason,
      text: 'people',
      turnState: 'handed_off',
      messageStatus: 'handed_off',
    })
    await audit(scope, actor, { action: 'handoff.offered', subject: offered.id, detail: { reason } })
    return { floor: scope.row.floor, handoffId: offered.id }
  })
  return carried?.outcome ?? null
}
