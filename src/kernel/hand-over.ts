// The AI decides that a person is needed: the turn ends with an acknowledgement written by code, and the floor passes.
import type { HandoffReason } from '../domain/escalation.ts'
import { inConversation } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { openTurnOf } from './open-turn.ts'
import { type Offer, offerHandoff } from './pass-floor.ts'
import { recordUsage, type Usage } from './usage.ts'

export async function handOver(
  kernel: Kernel,
  request: {
    conversationId: string
    turn: number
    reason: HandoffReason
    text?: Offer['text']
    /** The model call that led to it, if one did. */
    paid?: { key: string; usage: Usage }
  },
): Promise<'handed_off' | 'stale'> {
  const outcome = await inConversation(kernel, request.conversationId, async (scope) => {
    if (!(await openTurnOf(scope, request.turn))) return 'stale' as const
    if (request.paid) await recordUsage(scope, request.turn, request.paid.key, request.paid.usage)
    await offerHandoff(scope, {
      reason: request.reason,
      text: request.text ?? 'people',
      turnState: 'handed_off',
      messageStatus: 'handed_off',
    })
    return 'handed_off' as const
  })
  return outcome ?? 'stale'
}
