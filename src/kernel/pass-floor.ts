// The floor passes to a person (rule 5). Claim, takeover, escalation and a failed turn all come through here and sweep alike:
// the open turn ends, its unsent writes are refused, and every message the AI had not answered waits for the person.
import { say, type TextKey } from '../domain/catalogue.ts'
import type { MessageStatus, TurnState } from '../domain/conversation.ts'
import { type HandoffReason, priorityOf } from '../domain/escalation.ts'
import { handoffBrief } from './brief.ts'
import type { Scope } from './conversation-row.ts'
import { digestOf, newId } from './ids.ts'
import { sayMessage } from './say-message.ts'
import type { HandoffRow } from './tables.ts'

/** Customer messages that wait for a person: a failed turn told the customer that one will answer. */
export const WITH_PEOPLE: readonly MessageStatus[] = ['handed_off', 'failed']

/** Raises the floor and gives it to people. Returns the ids of the messages that now wait for them. */
export async function sweepToPerson(
  scope: Scope,
  ended: { turnState: Exclude<TurnState, 'open' | 'done'>; messageStatus: MessageStatus; outcome?: string },
): Promise<string[]> {
  const { row, trx } = scope
  if (row.open_turn !== null) await endTurn(scope, row.open_turn, ended.turnState, ended.outcome ?? null)
  const claimed = await trx
    .updateTable('messages')
    .set({ status: ended.messageStatus })
    .where('conversation_id', '=', row.id)
    .where('status', '=', 'processing')
    .returning(['id', 'seq'])
    .execute()
  const waiting = await trx
    .updateTable('messages')
    .set({ status: 'handed_off' })
    .where('conversation_id', '=', row.id)
    .where('status', '=', 'accepted')
    .returning(['id', 'seq'])
    .execute()
  scope.change({
    floor: row.floor + 1,
    controlled_by: 'human',
    status: 'open',
    quiet_at: null,
    quiet_stage: null,
  })
  return [...claimed, ...waiting].toSorted((a, b) => a.seq - b.seq).map((message) => message.id)
}

/** Ends a turn. A write of it that was only intended is refused, which frees its business key. */
export async function endTurn(
  scope: Scope,
  number: number,
  state: Exclude<TurnState, 'open'>,
  outcome: string | null,
): Promise<void> {
  const { row, trx, now } = scope
  const ended = await trx
    .updateTable('turns')
    .set({ state, outcome, ended_at: now })
    .where('conversation_id', '=', row.id)
    .where('number', '=', number)
    .where('state', '=', 'open')
    .returning(['intent', 'started_at'])
    .executeTakeFirst()
  if (ended) scope.ended.push({ intent: ended.intent, state, outcome, startedAt: ended.started_at, endedAt: now })
  await trx
    .updateTable('effects')
    .set({ state: 'refused', ended_at: now, outcome: JSON.stringify({ code: 'turn_ended' }) })
    .where('conversation_id', '=', row.id)
    .where('turn', '=', number)
    .where('authority', '=', 'turn')
    .where('state', '=', 'intended')
    .execute()
  if (row.open_turn === number) scope.change({ open_turn: null })
}

export async function liveHandoff(scope: Scope): Promise<HandoffRow | undefined> {
  return scope.trx
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where('state', 'in', ['offered', 'seen', 'claimed', 'answered'])
    .executeTakeFirst()
}

export type Offer = {
  reason: HandoffReason
  /** What the customer is told, from the catalogue; once a handoff. */
  text: TextKey | null
  turnState: Exclude<TurnState, 'open' | 'done'>
  messageStatus: MessageStatus
}

/**
 * Offers the conversation to people: sweeps, writes the handoff with its brief and deadline, tells the customer, and
 * intends the ticket, which takeNext hands out as a write of its own.
 */
export async function offerHandoff(scope: Scope, offer: Offer): Promise<HandoffRow> {
  const { row, now, desk, kernel, trx } = scope
  const turn = row.open_turn
  const waiting = await sweepToPerson(scope, { ...offer, outcome: offer.reason })
  const live = await liveHandoff(scope)
  if (live) return live
  const priority = priorityOf(offer.reason)
  const brief = await handoffBrief(scope, offer.reason, priority)
  const id = newId('hand', now)
  const acknowledgement = offer.text ? { id: newId('msg', now), key: offer.text } : null
  const handoff = await trx
    .insertInto('handoffs')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      id,
      conversation_id: row.id,
      reason: offer.reason,
      priority,
      brief: JSON.stringify(brief),
      acknowledgement_id: acknowledgement?.id ?? null,
      offered_at: now,
      deadline_at: new Date(now.getTime() + desk.policy.handoffDeadline[priority]),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (acknowledgement) {
    const text = say(desk.catalogue, row.locale, acknowledgement.key, {})
    const said = { id: acknowledgement.id, role: 'system' as const, text, inReplyTo: waiting }
    await sayMessage(scope, turn === null ? said : { ...said, turn })
  }
  scope.emit('handoff-offered', id, { handoff_id: id, reason: offer.reason, priority })
  scope.change({ priority })
  await intendTicket(scope, id, desk.ticket.input(brief))
  return handoff
}

async function intendTicket(scope: Scope, handoffId: string, input: ReturnType<Scope['desk']['ticket']['input']>) {
  const { row, now, kernel, desk, trx } = scope
  await trx
    .insertInto('effects')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      id: newId('eff', now),
      key: `${handoffId}/ticket`,
      conversation_id: row.id,
      customer_id: row.customer_id,
      authority: 'handoff',
      handoff_id: handoffId,
      floor: row.floor,
      tool: desk.ticket.tool,
      digest: digestOf(input),
      arguments: JSON.stringify(input),
      next_try_at: now,
      created_at: now,
    })
    .execute()
}
