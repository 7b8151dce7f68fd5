// What is next for this conversation? The one question the workflow asks (architecture.md, "A turn, end to end").
// One transaction under the row lock. Asked again without an answer having been acted on, it says the same.
import { say } from '../domain/catalogue.ts'
import { retryDelay } from '../domain/effects.ts'
import type { Prefetch } from '../domain/routing.ts'
import { takeDecided } from './approval-turn.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import { closeNow } from './close-conversation.ts'
import { expireApprovals } from './expire-approvals.ts'
import { failTurnInScope } from './fail-turn.ts'
import { newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { missDeadline } from './miss-deadline.ts'
import { idle, type Next, standing, standingAtRest } from './next.ts'
import { beginTurn } from './begin-turn.ts'
import { sayMessage } from './say-message.ts'
import { turnOf } from './open-turn.ts'
import { turnAlive } from './turn-alive.ts'
import type { ConversationRow, TurnRow } from './tables.ts'
import { canClose, readWaits } from './waits.ts'

/** `sure`: a turn that has just begun and that the rules have routed, so that its first model call may begin at once. */
export type TakenNext = { next: Next; sure: SureTurn | null }
/** It never reaches history. `reads` are those that the rule named, to be made before the call. */
export type SureTurn = { turn: number; desk: string; customerId: string; guest: boolean; reads: Prefetch[] }

export async function takeNext(
  kernel: Kernel,
  request: { conversationId: string; events: number },
): Promise<TakenNext | null> {
  let row: ConversationRow | null = null
  const found = await inConversation(kernel, request.conversationId, (scope) => {
    row = scope.row
    // Somebody is at work: the relay starts counting anew.
    const { ring_attempts: attempts, ring_after: after } = scope.row
    if (attempts > 0 || after > scope.now) scope.change({ ring_attempts: 0, ring_after: scope.now })
    return decide(scope)
  })
  if (!found || !row) return null
  // wake_at is recomputed when the transaction ends, so an idle answer reads it afterwards.
  if (found.next.kind === 'idle') return { next: await idle(kernel, row, request.events), sure: null }
  if (found.next.kind === 'done')
    return { next: { kind: 'done', standing: await standingAtRest(kernel, row) }, sure: null }
  return { next: { ...found.next, standing: standing(row) }, sure: found.sure ?? null }
}

type Found = { next: WithoutStanding<Next>; sure?: SureTurn | null }
type WithoutStanding<T> = T extends unknown ? Omit<T, 'standing'> : never

async function decide(scope: Scope): Promise<Found> {
  const open = await openTurn(scope)
  if (open && scope.now <= open.deadline_at) {
    // Asking is a sign of life too: a run that has just taken the turn up is not rung again.
    await turnAlive(scope.kernel, { conversationId: scope.row.id, turn: open.number }, scope.trx)
    return { next: await continued(scope, open) }
  }
  if (open) await failTurnInScope(scope, 'deadline')

  const waits = await readWaits(scope)
  const due = (at: Date | null) => at !== null && at <= scope.now
  if (due(waits.expiry)) await expireApprovals(scope, 'due')
  if (due(waits.handoff)) await missDeadline(scope)
  const decided = due(waits.expiry) || due(waits.decided)
  const approved = decided ? await takeDecided(scope) : null
  if (approved) return { next: atRound(approved, 1) }

  if (scope.row.controlled_by === 'ai' && waits.accepted) {
    const begun = await beginTurn(scope)
    if (begun.kind === 'open') {
      const { desk, customer_id: customerId, guest } = scope.row
      const { number: turn, routed_by: routedBy } = begun.turn
      const sure = routedBy === null ? null : { turn, desk, customerId, guest, reads: begun.prefetch }
      return { next: atRound(begun.turn, 1), sure }
    }
    // The rules handed it to a person at once: go on, there may be a ticket to write.
  }
  // Looked for also after the rules handed the turn to a person: that intends a ticket.
  const effect = waits.accepted || decided || due(waits.retry) ? await dueEffect(scope) : null
  if (effect) return { next: { kind: 'settle', effect } }

  if (!waits.accepted && !decided && !due(waits.handoff)) scope.waits = waits
  if (scope.row.close_requested_by !== null && (await canClose(scope))) await closeNow(scope)
  if (scope.row.status !== 'closed') await quietTimer(scope)
  if (scope.row.status === 'closed') return { next: { kind: 'done' } }
  return { next: { kind: 'idle', wakeAt: null } }
}

async function openTurn(scope: Scope): Promise<TurnRow | null> {
  if (scope.row.open_turn === null) return null
  const turn = await turnOf(scope, scope.row.open_turn)
  return turn?.state === 'open' ? turn : null
}

async function continued(scope: Scope, turn: TurnRow): Promise<WithoutStanding<Next>> {
  const last = await scope.trx
    .selectFrom('steps')
    .select(({ fn }) => fn.countAll<number>().as('rounds'))
    .where('conversation_id', '=', scope.row.id)
    .where('turn', '=', turn.number)
    .where('kind', '=', 'model')
    .executeTakeFirst()
  // The last stored round is asked for again: it answers with its stored calls, so that none of them is skipped.
  return atRound(turn, Math.max(1, last?.rounds ?? 0))
}

const atRound = (turn: TurnRow, round: number): WithoutStanding<Next> => ({
  kind: 'turn',
  turn: turn.number,
  round,
  deadline: turn.deadline_at.getTime(),
  unsure: turn.routed_by === null,
})

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
  // A decision is waited for, not the customer; the quiet begins anew when its outcome is told.
  if (await awaitsDecision(scope)) return scope.change({ quiet_at: null, quiet_stage: null })
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

async function awaitsDecision({ trx, row }: Scope): Promise<boolean> {
  const found = await trx
    .selectFrom('approvals')
    .select('id')
    .where('conversation_id', '=', row.id)
    .where('state', 'in', ['pending', 'approved'])
    .executeTakeFirst()
  return found !== undefined
}
