// How each turn was answered: its route, model, versions and cost, and every tool call with what it was given and what came back.
import { sql } from 'kysely'
import type { Json, JsonObject } from '../../../domain/json.ts'
import type { Kernel } from '../../kernel.ts'
import { callsOf } from '../../stored-call.ts'
import type { EffectRow, StepRow, TurnRow } from '../../tables.ts'
import { sixPlaces } from '../../conversation-view.ts'

export type CallView = {
  call_id: string
  tool: string
  kind: 'tool' | 'prefetch'
  /** Null once the conversation was closed, unless it was a write. */
  arguments: JsonObject | null
  /** Null while it runs. */
  outcome: string | null
  result: Json
  effect_id: string | null
}

export type TurnView = {
  number: number
  cause: TurnRow['cause']
  state: TurnRow['state']
  outcome: string | null
  intent: string | null
  confidence: number | null
  specialist: string | null
  routed_by: 'rules' | 'model' | null
  /** Of its last answering model call; null when code answered. */
  model: string | null
  prompt_version: string | null
  policy_version: string | null
  cost_usd: string
  input_tokens: number
  output_tokens: number
  started_at: string
  ended_at: string | null
  message_ids: string[]
  /** The reply's, also before it is there. */
  reply_message_id: string
  calls: CallView[]
}

/** Older turns of a conversation of months are not shown. */
const MOST_TURNS = 100

type Spent = {
  turn: number
  model: string | null
  prompt_version: string | null
  cost_usd: string
  input_tokens: number
  output_tokens: number
}

/** Oldest first. `effects` are the conversation's. */
export async function turnViews(
  kernel: Kernel,
  conversationId: string,
  effects: readonly EffectRow[],
): Promise<TurnView[]> {
  const { db } = kernel
  const turns = await db
    .selectFrom('turns')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('number', 'desc')
    .limit(MOST_TURNS)
    .execute()
  const first = turns.at(-1)?.number ?? 0
  const [messages, steps, spent] = await Promise.all([
    db
      .selectFrom('messages')
      .select(['id', 'turn'])
      .where('conversation_id', '=', conversationId)
      .where('role', '=', 'customer')
      .where('turn', '>=', first)
      .orderBy('seq')
      .execute(),
    db
      .selectFrom('steps')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('turn', '>=', first)
      .orderBy('turn')
      .orderBy('ordinal')
      .execute(),
    sql<Spent>`select turn, sum(cost_usd)::text as cost_usd, sum(input_tokens)::int as input_tokens,
        sum(output_tokens)::int as output_tokens,
        (array_agg(model order by created_at desc, key desc) filter (where purpose = 'answer'))[1] as model,
        (array_agg(prompt_version order by created_at desc, key desc) filter (where purpose = 'answer'))[1] as prompt_version
      from usage where conversation_id = ${conversationId} and turn >= ${first} group by turn`.execute(db),
  ])
  const spentBy = new Map(spent.rows.map((row) => [row.turn, row]))
  return turns.toReversed().map((turn) => {
    const bill = spentBy.get(turn.number)
    return {
      number: turn.number,
      cause: turn.cause,
      state: turn.state,
      outcome: turn.outcome,
      intent: turn.intent,
      confidence: turn.confidence,
      specialist: turn.specialist,
      routed_by: turn.routed_by,
      model: bill?.model ?? null,
      prompt_version: bill?.prompt_version ?? null,
      policy_version: turn.policy_version,
      cost_usd: sixPlaces(bill?.cost_usd ?? '0'),
      input_tokens: bill?.input_tokens ?? 0,
      output_tokens: bill?.output_tokens ?? 0,
      started_at: turn.started_at.toISOString(),
      ended_at: turn.ended_at?.toISOString() ?? null,
      message_ids: messages.filter((message) => message.turn === turn.number).map(({ id }) => id),
      reply_message_id: turn.reply_message_id,
      calls: callViews(
        steps.filter((step) => step.turn === turn.number),
        effects.filter((effect) => effect.turn === turn.number),
      ),
    }
  })
}

function callViews(steps: readonly StepRow[], effects: readonly EffectRow[]): CallView[] {
  const asked = steps.filter(({ kind }) => kind === 'model').flatMap(callsOf)
  const inputs = new Map(asked.map((call) => [call.id, call.input]))
  const effectOf = (callId: string) => effects.find((effect) => effect.call_id === callId)
  const done = steps.flatMap((step): CallView[] => {
    const { kind, call_id: id, tool, outcome } = step
    if ((kind !== 'tool' && kind !== 'prefetch') || id === null) return []
    const content = step.content as { data?: Json; input?: JsonObject }
    const effect = effectOf(id)
    const given = content.input ?? inputs.get(id) ?? effect?.arguments ?? null
    const result = content.data ?? null
    return [{ call_id: id, tool: tool ?? '', kind, arguments: given, outcome, result, effect_id: effect?.id ?? null }]
  })
  const answered = new Set(done.map((call) => call.call_id))
  const running = asked
    .filter((call) => !answered.has(call.id))
    .map((call): CallView => {
      const effect = effectOf(call.id)
      const { id, tool, input } = call
      const unknown = { outcome: null, result: null, effect_id: effect?.id ?? null }
      return { call_id: id, tool, kind: 'tool', arguments: input, ...unknown }
    })
  return [...done, ...running]
}
