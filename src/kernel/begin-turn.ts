// A turn begins: every accepted message becomes its cause (a burst is one turn), and the desk's rules say where it goes.
import { findFacts, mergeFacts } from '../domain/memory.ts'
import { type Prefetch, type RouteDecision, routeByRules, routeForGuest } from '../domain/routing.ts'
import type { Scope } from './conversation-row.ts'
import { offerHandoff } from './pass-floor.ts'
import { decideRoute } from './route-turn.ts'
import type { DeskRules } from './kernel.ts'
import type { ConversationRow, TurnRow } from './tables.ts'
import { startTurn } from './start-turn.ts'

export type Begun = { kind: 'open'; turn: TurnRow; prefetch: Prefetch[] } | { kind: 'none' }

/** What the desk's rules say of messages of this conversation, and what is known of it with them. */
export function ruled(desk: DeskRules, row: Pick<ConversationRow, 'facts' | 'intent'>, text: string) {
  const facts = mergeFacts(row.facts, findFacts(desk.facts, text))
  return { facts, found: routeByRules(desk.routingRules, text, { lastIntent: row.intent, facts }) }
}

/** Claims what waits. `none` when nothing does, or when the rules handed it to a person at once. */
export async function beginTurn(scope: Scope): Promise<Begun> {
  const { row, trx, desk } = scope
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

  const turn = await startTurn(scope, { cause: 'messages', messageIds: messages.map((message) => message.id) })
  const { facts, found } = ruled(desk, row, text)
  scope.change({ facts: JSON.stringify(facts) })
  if (!found) return { kind: 'open', turn, prefetch: [] }
  // A wish for a person that a person has read and handed back is not handed over once more: that would never end.
  const seen = found.escalate && (await handedBackSince(scope, Math.max(...messages.map((message) => message.seq))))
  const route: RouteDecision = seen
    ? { intent: found.intent, confidence: found.confidence, text: 'handed_back' }
    : row.guest
      ? routeForGuest(found, desk.publicTools)
      : found
  const routed = await decideRoute(scope, turn, { ...route, by: 'rules' })
  if (route.escalate) {
    await offerHandoff(scope, {
      reason: route.escalate,
      text: 'people',
      turnState: 'handed_off',
      messageStatus: 'handed_off',
    })
    return { kind: 'none' }
  }
  return { kind: 'open', turn: routed, prefetch: route.prefetch ?? [] }
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
