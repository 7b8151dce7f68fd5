// A person gives a claimed conversation back to the queue of people: offered again, and the floor stays with people.
import { Refusal } from '../domain/errors.ts'
import { audit } from './audit.ts'
import type { HandoffCommand } from './claim-handoff.ts'
import { type Carried, carryOut } from './commands.ts'
import { conversationOfHandoff, handoffIn } from './find-handoff.ts'
import { type HandoffView, handoffView } from './handoff-view.ts'
import type { Kernel } from './kernel.ts'
import { offerAgain } from './offer-again.ts'

/** Throws Refusal `not_found`, `not_yours`, or `conflict` when it is over. */
export async function releaseHandoff(kernel: Kernel, release: HandoffCommand): Promise<Carried<HandoffView>> {
  const { agent, handoffId } = release
  const conversationId = await conversationOfHandoff(kernel, handoffId)
  const command = { actor: agent, id: release.commandId, kind: 'release', request: { handoff: handoffId } }
  const carried = await carryOut(kernel, conversationId, command, async (scope) => {
    const handoff = await handoffIn(scope, handoffId)
    if (handoff.claimed_by?.id !== agent.id) throw new Refusal('not_yours', 'You have not claimed this handoff.')
    const offered = await offerAgain(scope, handoff)
    await audit(scope, agent, { action: 'handoff.released', subject: handoffId })
    return handoffView(offered)
  })
  if (!carried) throw new Refusal('not_found', 'There is no such handoff.')
  return carried
}
