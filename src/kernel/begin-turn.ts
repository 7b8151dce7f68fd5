// A turn begins: every accepted message becomes its cause (a burst is one turn), and the desk's rules say where it goes.
import type { TurnRow } from './tables.ts'
import { findFacts, mergeFacts } from '../domain/memory.ts'
import { type Prefetch, type RouteDecision, routeByRules } from '../domain/routing.ts'
import type { Scope } from './conversation-row.ts'
import { newId } from './ids.ts'
import { offerHandoff } from './pass-floor.ts'
import { decideRoute } from './route-turn.ts'

export type Begun = { kind: 'open'; turn: TurnRow; prefetch: Prefetch[] } | { kind: 'none' }

/** Claims what waits. `none` when nothing does, or when the rules handed it to a person at once. */
export async function beginTurn(scope: Scope): Promise<Begun> {
  const { row, trx, now, kernel, desk } = scope
  const number = row.last_turn + 1
  const claimed = await trx
    .updateTable('messages')
    .set({ status: 'processing', turn: number })
    .where('conversation_id', '=', row.id)
    .where('status', '=', 'accepted')
    .returning(['id', 'text', 'seq'])
    .execute()
  if (claimed.length === 0) return { kind: 'none' }
  const messages = claimed.toSorted((a, b) => a.seq - b.seq)
  const text = messages.map((message) => message.text).join('\n')

  const turn = await trx
    .insertInto('turns')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      conversation_id: row.id,
      number,
      cause: 'messages',
      floor: row.floor,
      reply_message_id: newId('msg', now),
      started_at: now,
      deadline_at: new Date(now.getTime() + desk.policy.turn.deadline),
      alive_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  scope.change({
    open_turn: number,
    last_turn: number,
    status: 'open',
    quiet_at: null,
    quiet_stage: null,
    facts: JSON.stringify(mergeFacts(row.facts, findFacts(desk.facts, text))),
  })
  scope.emit('turn-started', String(number), { turn: number, message_ids: messages.map((message) => message.id) })

  const found = routeByRules(desk.routingRules, text, { lastIntent: row.intent, facts: row.facts })
  if (!found) return { kind: 'open', turn, prefetch: [] }
  // A wish for a person that a person has read and handed back is not handed over once more: that would never end.
  const seen = found.escalate && (await handedBackSince(scope, Math.max(...messages.map((message) => message.seq))))
  const route: RouteDecision = seen
    ? { intent: found.intent, confidence: found.confidence, text: 'handed_back' }
    : found
  const routed = await decideRoute(scope, turn, { ...route, by: 'rules' })
  if (route.escalate) {
    await offerHandoff(scope, {
      reason: route.escalate,
      text: 'handoff_acknowledged',
      turnState: 'handed_off',
      messageStatus: 'handed_off',
    })
    return { kind: 'none' }
  }
  const prefetch = route.prefetch ?? []
  announceReads(scope, number, prefetch)
  return { kind: 'open', turn: routed, prefetch }
}

/** True when the conversation was handed back after the event with this seq. */
async function handedBackSince({ row, trx }: Scope, seq: number): Promise<boolean> {
  const found = await trx
    .selectFrom('events')
    .select('seq')
    .where('conversation_id', '=', row.id)
    .where('type', '=', 'handed-back')
    .where('seq', '>', seq)
    .executeTakeFirst()
  return found !== undefined
}

/** Prefetched reads are part of the story the customer sees, like any other tool. */
function announceReads(scope: Scope, turn: number, reads: Prefetch[]): void {
  for (const [index, read] of reads.entries()) {
    scope.emit('tool-started', `${turn}/prefetch-${index}`, { turn, call_id: `prefetch-${index}`, tool: read.tool })
  }
}
