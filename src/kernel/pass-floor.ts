// The floor passes to a person (rule 5). Claim, takeover, escalation and a failed turn all come through here and sweep alike:
// the open turn ends, its unsent writes are refused, and every message the AI had not answered waits for the person.
import { say, type TextKey } from '../domain/catalogue.ts'
import type { MessageStatus, TurnState } from '../domain/conversation.ts'
import { type HandoffBrief, type HandoffReason, priorityOf } from '../domain/escalation.ts'
import type { JsonObject } from '../domain/json.ts'
import { LIVE_STATES } from '../domain/handoff.ts'
import { handoffBrief } from './brief.ts'
import type { Scope } from './conversation-row.ts'
import { expectation, sentences } from './expectation.ts'
import { clockOf } from './handoff-clock.ts'
import { notifyOfHandoff } from './handoff-notice.ts'
import { digestOf, newId } from './ids.ts'
import { recordInScope } from './record-tool-result.ts'
import { sayMessage } from './say-message.ts'
import { callOrdinal } from './stored-call.ts'
import type { HandoffRow } from './tables.ts'

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
  const off = await trx
    .updateTable('effects')
    .set({ state: 'refused', ended_at: now, outcome: JSON.stringify({ code: 'turn_ended' }) })
    .where('conversation_id', '=', row.id)
    .where('turn', '=', number)
    .where('authority', '=', 'turn')
    .where('state', '=', 'intended')
    .returning(['tool', 'call_id'])
    .execute()
  for (const { tool, call_id: call } of off) {
    if (call === null) continue
    // Brief and stream say that it was not made.
    const step = { turn: number, call, tool, ordinal: callOrdinal(call), kind: 'tool' as const }
    await recordInScope(scope, step, { outcome: 'refused', data: { error: 'turn_ended' } })
  }
  if (row.open_turn === number) scope.change({ open_turn: null })
}

export async function liveHandoff(scope: Scope): Promise<HandoffRow | undefined> {
  return scope.trx
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where('state', 'in', [...LIVE_STATES])
    .executeTakeFirst()
}

export type Offer = {
  reason: HandoffReason
  /** Why, in the catalogue's words, before the sentence about people; `people` is that sentence alone. Null: nothing is said. */
  text: Exclude<TextKey, `handoff_${string}`> | 'people' | null
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
  const left = await sweepToPerson(scope, { ...offer, outcome: offer.reason })
  const live = await liveHandoff(scope)
  if (live) return live
  const priority = priorityOf(offer.reason)
  const waiting = offer.text !== null || left.length > 0
  const clock = clockOf(scope, { state: 'offered', priority, missed: 0, waiting })
  const expected = await expectation(scope, desk.policy.people.claim[priority])
  const brief = await handoffBrief(scope, { reason: offer.reason, priority, expectedAt: expected.at })
  const id = newId('hand', now)
  const acknowledgement = offer.text === null ? null : newId('msg', now)
  const handoff = await trx
    .insertInto('handoffs')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      id,
      conversation_id: row.id,
      reason: offer.reason,
      brief: JSON.stringify(brief),
      acknowledgement_id: acknowledgement,
      offered_at: now,
      promised_at: acknowledgement === null ? null : expected.at,
      ...clock,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (acknowledgement !== null && offer.text !== null) {
    const why = offer.text === 'people' ? [] : [say(desk.catalogue, row.locale, offer.text)]
    const text = sentences(
      ...(offer.reason === 'safety' ? [say(desk.catalogue, row.locale, 'safety_first')] : why),
      expected.text,
    )
    const said = { id: acknowledgement, role: 'system' as const, text, inReplyTo: left }
    await sayMessage(scope, turn === null ? said : { ...said, turn })
  }
  scope.emit('handoff-offered', id, { handoff_id: id, reason: offer.reason, priority })
  scope.change({ priority })
  // Whoever takes it over in this transaction needs no call.
  if (offer.reason !== 'taken_over') await notifyOfHandoff(scope, 'handoff.offered', handoff)
  const ticket = ticketInput(scope, brief)
  if (ticket) await intendTicket(scope, id, ticket)
  return handoff
}

/** Null when the desk's code throws over this brief: the person gets the conversation all the same, without a ticket. */
function ticketInput({ desk }: Scope, brief: HandoffBrief): JsonObject | null {
  try {
    return desk.ticket.input(brief)
  } catch {
    return null
  }
}

async function intendTicket(scope: Scope, handoffId: string, input: JsonObject): Promise<void> {
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
