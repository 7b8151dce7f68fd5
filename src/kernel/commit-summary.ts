// The running summary [C2], written beside the conversation: it may be late, and an older one never replaces a newer one.
import { summaryDue } from '../domain/memory.ts'
import { inConversation } from './conversation-row.ts'
import { deskRules, type Kernel } from './kernel.ts'
import type { ConversationRow, MessageRow } from './tables.ts'
import { recordUsage, type Usage } from './usage.ts'

/** The messages a summary is due for, oldest first; null while it is not due. */
export async function messagesToSummarise(
  kernel: Kernel,
  conversationId: string,
): Promise<{ conversation: ConversationRow; messages: MessageRow[] } | null> {
  const conversation = await kernel.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!conversation) return null
  const { memory } = deskRules(kernel, conversation.desk).policy
  const messages = await kernel.db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('role', '!=', 'note')
    .where('seq', '>', conversation.summary_through)
    .orderBy('seq')
    // After weeks with a person there may be hundreds: no model reads them at once, so the oldest come first.
    .limit(3 * memory.summariseAfter)
    .execute()
  const due = summaryDue(messages, conversation.summary_through, memory)
  return due && due.length > 0 ? { conversation, messages: due } : null
}

export async function commitSummary(
  kernel: Kernel,
  request: { conversationId: string; summary: string; through: number; usage: Usage },
): Promise<void> {
  await inConversation(kernel, request.conversationId, async (scope) => {
    await recordUsage(scope, scope.row.last_turn, `summary/${request.through}`, request.usage)
    if (request.through <= scope.row.summary_through) return
    scope.change({ summary: request.summary, summary_through: request.through })
  })
}
