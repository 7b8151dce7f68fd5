// The last resort for a conversation whose next step throws on every attempt: it goes to a person, with an honest note.
import { inConversation } from './conversation-row.ts'
import { failTurnInScope } from './fail-turn.ts'
import type { Kernel } from './kernel.ts'

/** False when the AI has nothing open or waiting in it that could be given up. */
export async function giveUp(kernel: Kernel, conversationId: string): Promise<boolean> {
  const given = await inConversation(kernel, conversationId, async (scope) => {
    const { row, trx } = scope
    if (row.controlled_by !== 'ai') return false
    const waiting = await trx
      .selectFrom('messages')
      .select('id')
      .where('conversation_id', '=', row.id)
      .where('status', '=', 'accepted')
      .executeTakeFirst()
    if (row.open_turn === null && !waiting) return false
    await failTurnInScope(scope, 'repeated_failure')
    return true
  })
  return given ?? false
}
