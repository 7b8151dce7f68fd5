// An honest end of a turn that cannot be finished: the customer is told so, and a person gets it (P1).
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { openTurnOf } from './open-turn.ts'
import { offerHandoff } from './pass-floor.ts'

export type FailureReason = 'deadline' | 'model_unavailable' | 'repeated_failure'

export async function failTurn(
  kernel: Kernel,
  request: { conversationId: string; turn: number; reason: FailureReason },
): Promise<'failed' | 'stale'> {
  const outcome = await inConversation(kernel, request.conversationId, async (scope) => {
    if (!(await openTurnOf(scope, request.turn))) return 'stale' as const
    await failTurnInScope(scope, request.reason)
    return 'failed' as const
  })
  return outcome ?? 'stale'
}

export async function failTurnInScope(scope: Scope, reason: FailureReason): Promise<void> {
  await offerHandoff(scope, { reason, text: 'failure_note', turnState: 'failed', messageStatus: 'failed' })
}
