// What is next for this conversation? The one question the workflow asks (architecture.md, "A turn, end to end").
// One transaction under the row lock. Asked again without an answer having been acted on, it says the same.
import { say } from '../domain/catalogue.ts'
import type { ControlledBy, ConversationStatus, Priority } from '../domain/conversation.ts'
import { retryDelay } from '../domain/effects.ts'
import { raised } from '../domain/escalation.ts'
import type { Prefetch } from '../domain/routing.ts'
import { canClose, inConversation, type Scope } from './conversation-row.ts'
import { closeNow } from './close-conversation.ts'
import { failTurnInScope } from './fail-turn.ts'
import { newId } from './ids.ts'
import { deskRules, type Kernel } from './kernel.ts'
import { beginTurn } from './begin-turn.ts'
import { sayMessage } from './say-message.ts'
import { turnAlive } from './turn-alive.ts'
import type { ConversationRow, TurnRow } from './tables.ts'

/** How the conversation stands; codes and numbers only, because it is written into history. Times are epoch milliseconds. */
export type Standing = {
  status: ConversationStatus
  by: ControlledBy
  floor: number
  intent: string | null
  priority: Priority
  cost: string
}

export type Next = { standing: Standing } & (
  | {
      kind: 'turn'
      turn: number
      /** Model rounds already stored; the next one continues after them. */
      round: number
      deadline: number
      /** Rules were unsure: the router's model decides first. */
      unsure: boolean
    }
  | { kind: 'settle'; effect: string }
  | {
      kind: 'idle'
      wakeAt: number | null
      /** The run's history has grown long enough: it should continue as new. */
      renew?: true
    }
  | { kind: 'done' }
)
/** Reads a rule named, for whoever asked to make before the first model call. They never reach history. */
export type TakenNext = { next: Next; prefetch: { turn: number; reads: Prefetch[] } | null }

export async function takeNext(
  kernel: Kernel,
  request: { conversationId: string; events: number },
): Promise<TakenNext | null> {
  let row: ConversationRow | null = null
  const found = await inConversation(kernel, request.conversationId, (scope) => {
    row = scope.row
    // Somebody is at work: the relay starts counting anew.
    scope.change({ ring_attempts: 0, ring_after: scope.now })
    return decide(scope)
  })
  if (!found || !row) return null
  // wake_at is recomputed when the transaction ends, so an idle answer reads it afterwards.
  const next: Next = { ...found.next, standing: standing(row) }
  if (next.kind !== 'idle') return { next, prefetch: found.prefetch ?? null }
  const renew = request.events >= deskRules(kernel, (row as ConversationRow).desk).policy.renewAfterEvents
  return { next: { ...next, wakeAt: wakeOf(row), ...(renew ? { renew } : {}) }, prefetch: null }
}

const wakeOf = (row: ConversationRow): number | null => row.wake_at?.getTime() ?? null

type Found = { next: WithoutStanding<Next>; prefetch?: TakenNext['prefetch'] }
type WithoutStanding<T> = T extends unknown ? Omit<T, 'standing'> : never

async function decide(scope: Scope): Promise<Found> {
  const open = await openTurn(scope)
  if (open && scope.now <= open.deadline_at) {
    // Asking is a sign of life too: a run that has just taken the turn up is not rung again.
    await turnAlive(scope.kernel, { conversationId: scope.row.id, turn: open.number }, scope.trx)
    return { next: await continued(scope, open) }
  }
  if (open) await failTurnInScope(scope, 'deadline')

  await expireApprovals(scope)
  await offerOverdueHandoffAgain(scope)

  if (scope.row.controlled_by === 'ai') {
    const begun = await beginTurn(scope)
    if (begun.kind === 'open') {
      return { next: await continued(scope, begun.turn), prefetch: { turn: begun.turn.number, reads: begun.prefetch } }
    }
    // The rules handed it to a person at once: go on, there may be a ticket to write.
  }
  const effect = await dueEffect(scope)
  if (effect) return { next: { kind: 'settle', effect } }

  if (scope.row.close_requested_by !== null && (await canClose(scope))) await closeNow(scope)
  if (scope.row.status !== 'closed') await quietTimer(scope)
  if (scope.row.status === 'closed') return { next: { kind: 'done' } }
  return { next: { kind: 'idle', wakeAt: null } }
}

async function openTurn(scope: Scope): Promise<TurnRow | undefined> {
  if (scope.row.open_turn === null) return undefined
  return scope.trx
    .selectFrom('turns')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where('number', '=', scope.row.open_turn)
    .where('state', '=', 'open')
    .executeTakeFirst()
}

async function continued(scope: Scope, turn: TurnRow): Promise<WithoutStanding<Next>> {
  const last = await scope.trx
    .selectFrom('steps')
    .select(({ fn }) => fn.countAll<number>().as('rounds'))
    .where('conversation_id', '=', scope.row.id)
    .where('turn', '=', turn.number)
    .where('kind', '=', 'model')
    .executeTakeFirst()
  return {
    kind: 'turn',
    turn: turn.number,
    // The last stored round is asked for again: it answers with its stored calls, so that none of them is skipped.
    round: Math.max(1, last?.rounds ?? 0),
    deadline: turn.deadline_at.getTime(),
    unsure: turn.routed_by === null,
  }
}

async function expireApprovals(scope: Scope): Promise<void> {
  await scope.trx
    .updateTable('approvals')
    .set({ state: 'expired' })
    .where('conversation_id', '=', scope.row.id)
    .where('state', '=', 'pending')
    .where('expires_at', '<=', scope.now)
    .execute()
}

/** A missed deadline offers the handoff again at a higher priority, and says so to the customer once. It never just ends. */
async function offerOverdueHandoffAgain(scope: Scope): Promise<void> {
  const { row, trx, now, desk } = scope
  const handoff = await trx
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation_id', '=', row.id)
    .where('state', '=', 'offered')
    .where('deadline_at', '<=', now)
    .executeTakeFirst()
  if (!handoff) return
  const priority = raised(handoff.priority)
  const deadline = new Date(now.getTime() + desk.policy.handoffDeadline[priority])
  await trx.updateTable('handoffs').set({ priority, deadline_at: deadline }).where('id', '=', handoff.id).execute()
  const offer = { handoff_id: handoff.id, reason: handoff.reason, priority, again: true }
  scope.emit('handoff-offered', `${handoff.id}/${now.getTime()}`, offer)
  scope.change({ priority })
  const first = handoff.offered_at.getTime() + desk.policy.handoffDeadline[handoff.brief.priority]
  if (handoff.deadline_at.getTime() !== first) return
  const text = say(desk.catalogue, row.locale, 'handoff_still_waiting')
  await sayMessage(scope, { id: newId('msg', now), role: 'system', text })
}

/** A write that nobody works on any more: sent by a turn that ended, or promised by a handoff. Its next try is pushed back first. */
async function dueEffect(scope: Scope): Promise<string | null> {
  const { row, trx, now, desk } = scope
  const effect = await trx
    .selectFrom('effects')
    .selectAll()
    .where('conversation_id', '=', row.id)
    .where((where) =>
      where.or([
        where('state', '=', 'sent'),
        where.and([where('state', '=', 'intended'), where('authority', '!=', 'turn')]),
      ]),
    )
    .where('next_try_at', '<=', now)
    .orderBy('next_try_at')
    .limit(1)
    .executeTakeFirst()
  if (!effect) return null
  const { retryFirst, retryMost, sendLease } = desk.policy.effects
  const wait = Math.max(sendLease, retryDelay(effect.tries, retryFirst, retryMost))
  await trx
    .updateTable('effects')
    .set({ tries: effect.tries + 1, next_try_at: new Date(now.getTime() + wait) })
    .where('id', '=', effect.id)
    .execute()
  return effect.id
}

/** The customer went quiet: a friendly question, then resolved, then closed [C6]. Under a person's floor nothing of it counts. */
async function quietTimer(scope: Scope): Promise<void> {
  const { row, now, desk } = scope
  if (row.controlled_by !== 'ai' || row.quiet_at === null || row.quiet_at > now) return
  const { resolveAfter, closeAfter } = desk.policy.timers
  switch (row.quiet_stage) {
    case 'follow_up': {
      const text = say(desk.catalogue, row.locale, 'follow_up')
      await sayMessage(scope, { id: newId('msg', now), role: 'system', text })
      scope.change({ quiet_stage: 'resolve', quiet_at: new Date(now.getTime() + resolveAfter) })
      return
    }
    case 'resolve':
      scope.change({ status: 'resolved', quiet_stage: 'close', quiet_at: new Date(now.getTime() + closeAfter) })
      return
    case 'close':
    case null:
      if (await canClose(scope)) await closeNow(scope)
      else scope.change({ close_requested_by: 'quiet', quiet_at: null, quiet_stage: null })
  }
}

const standing = (row: ConversationRow): Standing => ({
  status: row.status,
  by: row.controlled_by,
  floor: row.floor,
  intent: row.intent,
  priority: row.priority,
  cost: row.cost_usd,
})
