// A customer or an agent closes a conversation: at once when it can be, else when the turn ends (rule 7).
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { closeNow } from './close-conversation.ts'
import { type Carried, carryOut } from './commands.ts'
import { canClose } from './waits.ts'
import type { ConversationView } from './conversation-view.ts'
import type { Kernel } from './kernel.ts'
import { viewInScope } from './view-in-scope.ts'

export type CloseCommand = { conversationId: string; actor: Actor; commandId?: string | undefined }

/** Closing twice changes nothing. Throws Refusal `not_found`, also for another customer's conversation. */
export async function closeByCommand(kernel: Kernel, request: CloseCommand): Promise<Carried<ConversationView>> {
  const { actor } = request
  const owner = actor.role === 'customer' ? actor.id : undefined
  const command = { actor, id: request.commandId, kind: 'close', request: {}, owner }
  const carried = await carryOut(kernel, request.conversationId, command, async (scope) => {
    const { row } = scope
    if (row.status === 'closed') return viewInScope(scope)
    if (await canClose(scope)) await closeNow(scope)
    else scope.change({ close_requested_by: actor.id })
    await audit(scope, actor, { action: 'conversation.close_requested', subject: row.id })
    return viewInScope(scope)
  })
  if (!carried) throw new Refusal('not_found', 'There is no such conversation.')
  return carried
}
