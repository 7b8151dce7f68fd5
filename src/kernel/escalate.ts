// An operator's wish: a person should have this conversation.
import { handoffReason } from '../domain/escalation.ts'
import { inConversation } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { liveHandoff, offerHandoff } from './pass-floor.ts'

/** Offers the conversation to people unless they have it already. The same again changes nothing. */
export async function escalate(
  kernel: Kernel,
  request: { conversationId: string; reason: string },
): Promise<{ floor: number; handoffId: string } | null> {
  return inConversation(kernel, request.conversationId, async (scope) => {
    const live = await liveHandoff(scope)
    if (live) return { floor: scope.row.floor, handoffId: live.id }
    if (scope.row.status === 'closed') scope.change({ closed_at: null, close_requested_by: null })
    const offered = await offerHandoff(scope, {
      reason: handoffReason(request.reason),
      text: 'handoff_acknowledged',
      turnState: 'handed_off',
      messageStatus: 'handed_off',
    })
    return { floor: scope.row.floor, handoffId: offered.id }
  })
}
