// A person gives a conversation to a colleague or a team: offered again, to them, and the floor stays with people [H2].
import { Refusal } from '../domain/errors.ts'
import type { JsonObject } from '../domain/json.ts'
import { audit } from './audit.ts'
import type { HandoffCommand } from './claim-handoff.ts'
import { type Carried, carryOut } from './commands.ts'
import type { Scope } from './conversation-row.ts'
import { conversationOfHandoff, handoffIn } from './find-handoff.ts'
import { notifyOfHandoff } from './handoff-notice.ts'
import { type HandoffView, handoffView } from './handoff-view.ts'
import { newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { offerAgain, type Recipient } from './offer-again.ts'
import { knownPerson } from './people.ts'
import { sayMessage } from './say-message.ts'

export type Transfer = HandoffCommand & {
  to: { agent_id: string } | { team: string }
  /** For the colleague, after masking. */
  note?: string | undefined
}

/**
 * Until the deadline only the colleague (or a supervisor) may claim it; then everybody may.
 * Throws Refusal `not_found`, `not_yours`, `conflict` when it is over, or `invalid_request` for an unknown person or team.
 */
export async function transferHandoff(kernel: Kernel, transfer: Transfer): Promise<Carried<HandoffView>> {
  const { agent, handoffId, to, note } = transfer
  const conversationId = await conversationOfHandoff(kernel, handoffId)
  const detail: JsonObject = 'team' in to ? { team: to.team } : { agent_id: to.agent_id }
  const request: JsonObject = { handoff: handoffId, to: detail, note: note ?? null }
  const command = { actor: agent, id: transfer.commandId, kind: 'transfer', request }
  const carried = await carryOut(kernel, conversationId, command, async (scope) => {
    const handoff = await handoffIn(scope, handoffId)
    if (handoff.claimed_by?.id !== agent.id && agent.role === 'agent') {
      throw new Refusal('not_yours', 'You have not claimed this handoff. Claim it, or ask a supervisor.')
    }
    const given = await recipient(scope, to)
    const offered = await offerAgain(scope, handoff, given)
    if (note !== undefined) {
      const author = { id: agent.id, name: agent.name }
      await sayMessage(scope, { id: newId('msg', scope.now), role: 'note', text: note, author })
    }
    await audit(scope, agent, { action: 'handoff.transferred', subject: handoffId, detail })
    await notifyOfHandoff(scope, 'handoff.offered', offered, 'transfer')
    return handoffView(offered)
  })
  if (!carried) throw new Refusal('not_found', 'There is no such handoff.')
  return carried
}

/** A handoff to nobody is impossible: the person must have been here, and the team must be one of the desk. */
async function recipient(scope: Scope, to: Transfer['to']): Promise<Recipient> {
  if ('team' in to) {
    if (scope.desk.policy.people.teams.includes(to.team)) return { assigned_to: null, team: to.team }
    throw unknown('/to/team', 'This desk has no such team.')
  }
  const person = await knownPerson(scope, to.agent_id)
  if (!person) throw unknown('/to/agent_id', 'Nobody of the staff has this id.')
  return { assigned_to: person, team: null }
}

const unknown = (pointer: string, detail: string): Refusal =>
  new Refusal('invalid_request', 'There is nobody to transfer it to.', { errors: [{ pointer, detail }] })
