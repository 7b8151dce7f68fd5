import type { Scope } from './conversation-row.ts'
import { type ConversationView, conversationView } from './conversation-view.ts'
import { readWaits } from './waits.ts'

/** The conversation as the transaction leaves it, for the answer to a command. */
export async function viewInScope(scope: Scope): Promise<ConversationView> {
  const { handoff, expiry } = await readWaits(scope)
  // Of a handoff that was answered only while the customer waits for more.
  const clock = scope.row.status === 'open' ? handoff : null
  return conversationView(scope.row, { handoff: clock, approval: expiry }, scope.now)
}
