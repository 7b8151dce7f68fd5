// The effect ledger's moves (rule 10): intended -> sent -> settled | refused | unknown, each one transaction.
import type { Updateable } from 'kysely'
import { maySend } from '../domain/floor.ts'
import { isEnded } from '../domain/effects.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import { askFirst } from './ask-first.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import { digestOf, newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { openTurnOf, turnOf } from './open-turn.ts'
import { offerHandoff } from './pass-floor.ts'
import { recordInScope, type ToolOutcome } from './record-tool-result.ts'
import { settleApproval } from './settle-approval.ts'
import { callOrdinal } from './stored-call.ts'
import type { EffectRow, Tables } from './tables.ts'

export type Intention = {
  conversationId: string
  turn: number
  call: string
  tool: string
  /** As the model gave it: the same call again is the same write. */
  input: JsonObject
  /** What will run, spelled out; default: the input. */
  canonical?: JsonObject
  facts?: JsonObject
  businessKey: string | null
  /** The same write again in a later turn is ordinary. */
  repeatable: boolean
  /** The tool itself says that a person must consent; default false. */
  toolAsks?: boolean
}
export type Intended =
  | { kind: 'effect'; effect: EffectRow }
  | { kind: 'stale' }
  /** A person must agree first; the call is recorded as waiting for this approval. */
  | { kind: 'waits'; approval: string }
  /** Another write on the same business key is under way. */
  | { kind: 'busy' }

const effectKey = (of: { conversationId: string; turn: number; tool: string; input: JsonObject }): string =>
  `${of.conversationId}/${of.turn}/${of.tool}/${digestOf(of.input)}`

/** The effect of exactly this write in this turn, if it was intended before. A plain read. */
export async function findEffect(
  kernel: Kernel,
  of: { conversationId: string; turn: number; tool: string; input: JsonObject },
): Promise<EffectRow | undefined> {
  return kernel.db
    .selectFrom('effects')
    .selectAll()
    .where('tenant_id', '=', kernel.tenant)
    .where('key', '=', effectKey(of))
    .executeTakeFirst()
}

/** The effect an approval was turned into; it was intended before its turn began. A plain read. */
export async function approvedEffect(kernel: Kernel, approval: string): Promise<EffectRow> {
  return kernel.db
    .selectFrom('effects')
    .selectAll()
    .where('tenant_id', '=', kernel.tenant)
    .where('key', '=', approval)
    .executeTakeFirstOrThrow()
}

/** Writes the intention down, once for each write of a turn; the ledger's first move. */
export async function intendEffect(kernel: Kernel, intention: Intention): Promise<Intended> {
  const intended = await inConversation<Intended>(kernel, intention.conversationId, async (scope) => {
    const { row, trx, now } = scope
    const input = intention.canonical ?? intention.input
    const key = effectKey(intention)
    const existing = await trx.selectFrom('effects').selectAll().where('key', '=', key).executeTakeFirst()
    if (existing) return { kind: 'effect', effect: existing }
    if (!(await openTurnOf(scope, intention.turn))) return { kind: 'stale' }
    // Booked as failed meanwhile: the model has been told, so this attempt comes too late.
    const booked = await trx
      .selectFrom('steps')
      .select('key')
      .where('conversation_id', '=', row.id)
      .where('turn', '=', intention.turn)
      .where('key', '=', `tool/${intention.call}`)
      .executeTakeFirst()
    if (booked) return { kind: 'stale' }
    const { facts = {}, toolAsks = false } = intention
    const first = await askFirst(scope, { ...intention, input, facts, toolAsks })
    if (first.kind !== 'free') return first
    const effect = await trx
      .insertInto('effects')
      .values({
        tenant_id: kernel.tenant,
        desk: row.desk,
        id: newId('eff', now),
        key,
        conversation_id: row.id,
        customer_id: row.customer_id,
        authority: 'turn',
        turn: intention.turn,
        call_id: intention.call,
        floor: row.floor,
        tool: intention.tool,
        digest: digestOf(input),
        arguments: JSON.stringify(input),
        business_key: intention.businessKey,
        amount_cents: first.amountCents,
        created_at: now,
      })
      // Another conversation may hold the business key: its row is not under our lock, the unique index is.
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    return effect ? { kind: 'effect', effect } : { kind: 'busy' }
  })
  return intended ?? { kind: 'stale' }
}

export type Sending = {
  effect: EffectRow
  desk: string
  customerId: string
  /** This very call moved it from `intended`: it may make the first send. */
  moved: boolean
  /** The floor the write stands on has moved since. */
  floorMoved: boolean
  /** It may not be sent: its turn ended or a person has the floor. */
  stale: boolean
}

/**
 * Moves `intended` to `sent` for exactly one attempt; any other learns how the row stands. Who may send again to a back end
 * that deduplicates gets a lease of its own: `allowed_at` is when somebody was last allowed to send, so that a look-up gives up
 * only after the last of them. Null: no such conversation.
 */
export async function beginSend(
  kernel: Kernel,
  request: {
    conversationId: string
    effect: string
    /** Whether its back end answers a repeat of our key with the first outcome; default: it does not. */
    deduplicates?: (effect: EffectRow) => boolean
  },
): Promise<Sending | null> {
  return inConversation(kernel, request.conversationId, async (scope) => {
    const { row, now, desk } = scope
    const effect = await effectById(scope, request.effect)
    const turn = effect.turn === null ? null : await turnOf(scope, effect.turn)
    const allowed = maySend(effect.authority, turn, { floor: row.floor, controlledBy: row.controlled_by })
    const floorMoved = effect.authority === 'turn' && effect.floor !== row.floor
    // Not the row's: what was sent for a guest is the same write again after they signed in.
    const common = { desk: row.desk, customerId: effect.customer_id, floorMoved }
    if (effect.state === 'sent' && !floorMoved && request.deduplicates?.(effect)) {
      const renewed = await changeEffect(scope, effect.id, { allowed_at: now })
      return { effect: renewed, moved: false, stale: false, ...common }
    }
    if (effect.state !== 'intended') return { effect, moved: false, stale: false, ...common }
    if (!allowed) return { effect, moved: false, stale: true, ...common }
    const next = new Date(now.getTime() + desk.policy.effects.sendLease + 1000)
    const sent = await changeEffect(scope, effect.id, {
      state: 'sent',
      sent_at: now,
      allowed_at: now,
      next_try_at: next,
    })
    return { effect: sent, moved: true, stale: false, ...common }
  })
}

const changeEffect = ({ trx }: Scope, id: string, changes: Updateable<Tables['effects']>): Promise<EffectRow> =>
  trx.updateTable('effects').set(changes).where('id', '=', id).returningAll().executeTakeFirstOrThrow()

/**
 * Settling is never stale: what happened, happened. `sent` ends in any state; `unknown`, and what a person ruled not to have
 * happened, only in `settled`, on late proof.
 * Returns the state that counts.
 */
export async function endEffect(
  kernel: Kernel,
  request: {
    conversationId: string
    effect: string
    state: 'settled' | 'refused' | 'unknown'
    result: ToolOutcome
    /** Settled tickets of a handoff carry the ticket's id. */
    ticketId?: string | null
  },
): Promise<EffectRow | null> {
  return inConversation(kernel, request.conversationId, async (scope) => {
    const { trx, now, row } = scope
    const effect = await effectById(scope, request.effect)
    const late = request.state === 'settled' && (effect.state === 'unknown' || isRuledOut(effect))
    if (isEnded(effect.state) && !late) return effect
    const ended = await trx
      .updateTable('effects')
      .set({
        state: request.state,
        ended_at: now,
        next_try_at: null,
        outcome: JSON.stringify(request.result.data),
        customer_id: row.customer_id,
      })
      .where('id', '=', effect.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(scope, ended)
    await settleApproval(scope, ended)
    if (effect.turn !== null && effect.call_id !== null) {
      const ordinal = callOrdinal(effect.call_id)
      const step = { turn: effect.turn, call: effect.call_id, tool: effect.tool, ordinal, kind: 'tool' as const }
      await recordInScope(scope, step, request.result)
    }
    if (effect.handoff_id && request.ticketId) {
      await trx
        .updateTable('handoffs')
        .set({ ticket_id: request.ticketId })
        .where('id', '=', effect.handoff_id)
        .execute()
      scope.change({ ticket_id: request.ticketId })
    }
    // Inside its own open turn the next round hands over; otherwise nobody would learn of it.
    const learnedOf = row.open_turn !== null && (effect.turn === null || effect.turn === row.open_turn)
    if (request.state === 'unknown' && !learnedOf && row.controlled_by === 'ai') {
      const offer = { reason: 'unknown_outcome', text: 'outcome_unknown' } as const
      await offerHandoff(scope, { ...offer, turnState: 'handed_off', messageStatus: 'handed_off' })
    }
    return ended
  })
}

const isRuledOut = ({ state, outcome }: EffectRow): boolean =>
  state === 'refused' && outcome !== null && typeof outcome === 'object' && 'ruling' in outcome

async function effectById(scope: Scope, id: string): Promise<EffectRow> {
  return scope.trx
    .selectFrom('effects')
    .selectAll()
    .where('id', '=', id)
    .where('conversation_id', '=', scope.row.id)
    .executeTakeFirstOrThrow()
}

async function audit(scope: Scope, effect: EffectRow): Promise<void> {
  const detail: { [key: string]: Json } = {
    state: effect.state,
    key: effect.key,
    digest: effect.digest,
    turn: effect.turn,
    // Why it was made: asked for in a turn, consented to by people, or promised by a handoff.
    reason: effect.authority,
    approval: effect.approval_id,
    handoff: effect.handoff_id,
  }
  await scope.trx
    .insertInto('audit_log')
    .values({
      tenant_id: scope.kernel.tenant,
      conversation_id: scope.row.id,
      actor: 'ai',
      action: `tool.${effect.tool}`,
      subject: effect.id,
      detail: JSON.stringify(detail),
      at: scope.now,
    })
    .execute()
}
