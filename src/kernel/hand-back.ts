// The AI gets the floor back, with the person's note as context, and answers what no person has answered (rule 5).
import { WITH_PEOPLE } from '../domain/conversation.ts'
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import type { ConversationView } from './conversation-view.ts'
import type { Scope } from './conversation-row.ts'
import { ownHandoff } from './find-handoff.ts'
import type { Kernel } from './kernel.ts'
import { endTurn, liveHandoff } from './pass-floor.ts'
import type { HandoffRow } from './tables.ts'
import { viewInScope } from './view-in-scope.ts'

export type HandBack = {
  conversationId: string
  /** The claiming agent, or an operator, who may hand back anybody's. */
  actor: Actor
  /** After masking. */
  note?: string | undefined
  /** `Idempotency-Key`, or `<runId>/<ordinal>` of an operator's signal. */
  commandId?: string | undefined
}

export type HandedBack = { conversation: ConversationView; floor: number }

/** Throws Refusal `not_found`, or `not_yours` when the person has not claimed it. An operator's changes nothing then. */
export async function handBack(kernel: Kernel, request: HandBack): Promise<Carried<HandedBack>> {
  const { actor, note } = request
  const command = { actor, id: request.commandId, kind: 'hand_back', request: { note: note ?? null } }
  const carried = await carryOut(kernel, request.conversationId, command, async (scope) => {
    const handoff = actor.role === 'operator' ? await liveHandoff(scope) : await ownHandoff(scope, actor)
    if (handoff) await passToAi(scope, handoff, note ?? null)
    if (handoff)
      await audit(scope, actor, {
        action: 'handoff.handed_back',
        subject: handoff.id,
        detail: { reason: handoff.reason },
      })
    return { conversation: await viewInScope(scope), floor: scope.row.floor }
  })
  if (!carried) throw new Refusal('not_found', 'There is no such conversation.')
  return carried
}

/** The AI gets the floor, with what no person answered; a note stands in its next prompt. */
export async function passToAi(scope: Scope, handoff: HandoffRow, note: string | null): Promise<void> {
  const { row, trx, now, desk } = scope
  if (row.open_turn !== null) await endTurn(scope, row.open_turn, 'abandoned', 'handed_back')
  const waiting = await trx
    .updateTable('messages')
    .set({ status: 'accepted' })
    .where('conversation_id', '=', row.id)
    .where('status', 'in', [...WITH_PEOPLE, 'processing'])
    .returning('id')
    .execute()
  await trx.updateTable('handoffs').set({ state: 'handed_back', ended_at: now }).where('id', '=', handoff.id).execute()
  const quiet = {
    quiet_at: new Date(now.getTime() + desk.policy.timers.followUpAfter),
    quiet_stage: 'follow_up' as const,
  }
  scope.change({
    controlled_by: 'ai',
    floor: row.floor + 1,
    hand_back_note: note,
    ...(waiting.length > 0 ? { status: 'open' } : { status: 'pending', ...quiet }),
  })
  scope.emit('handed-back', handoff.id, { handoff_id: handoff.id }, 'agents')
}
