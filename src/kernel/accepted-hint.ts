// What stands on the bus for "a message was accepted that the rules can route, and Temporal is being told": a topic beside those
// of the conversations. Whoever runs the conversation may take its turn meanwhile (take-messages.ts).
import { ruled } from './begin-turn.ts'
import { deskRules, type Kernel } from './kernel.ts'
import type { Accepted } from './start-conversation.ts'

/** No id of a conversation looks like this. */
export const ACCEPTED = '*accepted'

/** Whether the message would begin a turn whose first model call needs no router. A conversation's first one has no run yet. */
export function beginsSureTurn(kernel: Kernel, { conversation, message, repeated }: Accepted): boolean {
  if (repeated || conversation.controlled_by !== 'ai' || conversation.open_turn !== null) return false
  if (conversation.last_turn === 0) return false
  try {
    const { found } = ruled(deskRules(kernel, conversation.desk), conversation, message.text)
    return found !== null && !found.escalate && !found.text
  } catch {
    // A rule that cannot bear this text: the run finds out, and a person gets the conversation (give-up.ts).
    return false
  }
}
