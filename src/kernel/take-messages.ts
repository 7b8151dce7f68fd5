// The turn of messages that wait, taken by a worker that heard of them before their run did: as takeNext takes it, which then finds
// it open and says so. Its first model call begins in the same transaction.
import type { AnswerMaterial } from './answer-material.ts'
import { beginInScope } from './begin-answer.ts'
import { beginTurn } from './begin-turn.ts'
import { inConversation } from './conversation-row.ts'
import type { Foreseen } from './foresee.ts'
import type { Kernel } from './kernel.ts'
import type { ReadBefore } from './record-read-ahead.ts'
import { readWaits } from './waits.ts'

/**
 * `ahead`: what the foreseen reads brought. Null when anything has changed since, or when something else comes first: all of it is
 * left to the run then.
 */
export function takeMessages(
  kernel: Kernel,
  request: { conversationId: string; seen: Foreseen['seen']; ahead: ReadBefore[] },
): Promise<AnswerMaterial | null> {
  const { conversationId, seen, ahead } = request
  return inConversation(kernel, conversationId, async (scope) => {
    const { row, now } = scope
    if (row.last_seq !== seen.lastSeq || row.updated_at.getTime() !== seen.updatedAt) return null
    const { expiry, decided, handoff } = await readWaits(scope)
    if ([expiry, decided, handoff].some((at) => at !== null && at <= now)) return null
    const begun = await beginTurn(scope)
    if (begun.kind === 'none') return null
    const answer = await beginInScope(scope, { turn: begun.turn.number, round: 1, ahead })
    return answer.kind === 'go' ? answer.material : null
  })
}
