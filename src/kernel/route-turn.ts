// The route of a turn becomes part of its row: who decided, how sure, and which specialist answers.
import type { TextKey } from '../domain/catalogue.ts'
import type { Intent } from '../domain/routing.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { offerHandoff } from './pass-floor.ts'
import { replyInScope } from './commit-reply.ts'
import { say } from '../domain/catalogue.ts'
import { openTurnOf } from './open-turn.ts'
import type { TurnRow } from './tables.ts'
import { recordUsage, type Usage } from './usage.ts'

export type DecidedRoute = { intent: Intent; confidence: number; by: 'rules' | 'model'; text?: TextKey }

export async function decideRoute(scope: Scope, turn: TurnRow, route: DecidedRoute): Promise<TurnRow> {
  const specialist = scope.desk.specialistOf(route.intent)
  const changed = await scope.trx
    .updateTable('turns')
    .set({
      intent: route.intent,
      specialist,
      confidence: route.confidence,
      routed_by: route.by,
      text_key: route.text ?? null,
    })
    .where('conversation_id', '=', scope.row.id)
    .where('number', '=', turn.number)
    .returningAll()
    .executeTakeFirstOrThrow()
  // Whoever was sure in between has ended the doubt: only two unsure answers in a row need a person.
  if (route.confidence >= scope.desk.policy.confidence) scope.change({ low_confidence_streak: 0 })
  // Small talk says nothing about what the conversation is about.
  scope.change(route.intent === 'none' && scope.row.intent ? {} : { intent: route.intent, specialist })
  scope.emit('route-decided', String(turn.number), {
    turn: turn.number,
    intent: route.intent,
    confidence: route.confidence,
    specialist,
    by: route.by,
  })
  return changed
}

export type RouteOutcome = { kind: 'routed' | 'asked' | 'handed_off' | 'stale'; intent: string | null }

/** What the router's model said [A1]: sure enough goes on; unsure asks once, and the second time a person is needed. */
export async function commitModelRoute(
  kernel: Kernel,
  request: { conversationId: string; turn: number; intent: Intent; confidence: number; usage: Usage },
): Promise<RouteOutcome> {
  const outcome = await inConversation<RouteOutcome>(kernel, request.conversationId, async (scope) => {
    const turn = await openTurnOf(scope, request.turn)
    if (!turn) return { kind: 'stale', intent: null }
    if (turn.routed_by !== null) return { kind: 'routed', intent: turn.intent }
    await recordUsage(scope, request.turn, 'classify', request.usage)
    const routed = await decideRoute(scope, turn, { ...request, by: 'model' })
    if (request.confidence >= scope.desk.policy.confidence) return { kind: 'routed', intent: routed.intent }
    const streak = scope.row.low_confidence_streak + 1
    scope.change({ low_confidence_streak: streak })
    if (streak > 1) {
      scope.change({ low_confidence_streak: 0 })
      const offer = { reason: 'low_confidence', text: 'people' } as const
      await offerHandoff(scope, { ...offer, turnState: 'handed_off', messageStatus: 'handed_off' })
      return { kind: 'handed_off', intent: routed.intent }
    }
    await replyInScope(scope, routed, {
      text: say(scope.desk.catalogue, scope.row.locale, 'ask_intent'),
      outcome: 'asked',
    })
    return { kind: 'asked', intent: routed.intent }
  })
  return outcome ?? { kind: 'stale', intent: null }
}
