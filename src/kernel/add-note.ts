// A note among agents: it stands in the transcript and is never shown to the customer.
import type { MessageView } from '../domain/conversation.ts'
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import { newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { sayMessage } from './say-message.ts'

export type Note = {
  conversationId: string
  agent: Actor
  /** After masking. */
  text: string
  commandId?: string | undefined
}

/** Throws Refusal `not_found`. */
export async function addNote(kernel: Kernel, note: Note): Promise<Carried<{ message: MessageView }>> {
  const { agent, text } = note
  const command = { actor: agent, id: note.commandId, kind: 'note', request: { text } }
  const carried = await carryOut(kernel, note.conversationId, command, async (scope) => {
    const author = { id: agent.id, name: agent.name }
    const message = await sayMessage(scope, { id: newId('msg', scope.now), role: 'note', text, author })
    await audit(scope, agent, { action: 'note.added', subject: message.id })
    return { message }
  })
  if (!carried) throw new Refusal('not_found', 'There is no such conversation.')
  return carried
}
