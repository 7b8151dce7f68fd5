// Somebody has opened an offered conversation: colleagues see that it is being read. Its clock runs on.
import { Refusal } from '../domain/errors.ts'
import { audit } from './audit.ts'
import type { HandoffCommand } from './claim-handoff.ts'
import { type Carried, carryOut } from './commands.ts'
import { conversationOfHandoff, handoffIn } from './find-handoff.ts'
import { changeHandoff } from './handoff-clock.ts'
import { type HandoffView, handoffView } from './handoff-view.ts'
import type { Kernel } from './kernel.ts'

/** Changes nothing unless it is `offered`. Throws Refusal `not_found`, or `conflict` when it is over. */
export async function seeHandoff(kernel: Kernel, seen: HandoffCommand): Promise<Carried<HandoffView>> {
  const { agent, handoffId } = seen
  const conversationId = await conversationOfHandoff(kernel, handoffId)
  const command = { actor: agent, id: seen.commandId, kind: 'seen', request: { handoff: handoffId } }
  const carried = await carryOut(kernel, conversationId, command, async (scope) => {
    const handoff = await handoffIn(scope, handoffId)
    if (handoff.state !== 'offered') return handoffView(handoff)
    const read = await changeHandoff(scope, handoffId, { state: 'seen', seen_at: scope.now })
    const by = { id: agent.id, name: agent.name }
    scope.emit('handoff-seen', `${handoffId}/${handoff.offers}`, { handoff_id: handoffId, by }, 'agents')
    await audit(scope, agent, { action: 'handoff.seen', subject: handoffId })
    return handoffView(read)
  })
  if (!carried) throw new Refusal('not_found', 'There is no such handoff.')
  return carried
}
