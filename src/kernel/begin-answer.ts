// A model call begins: the store numbers the attempt, closes the books of the round before, decides whether a limit is
// reached, and hands out everything the prompt is built from.
import { escalationDue, type HandoffReason } from '../domain/escalation.ts'
import type { Json } from '../domain/json.ts'
import { type AnswerMaterial, knownOf, messagesFor } from './answer-material.ts'
import { endApprovalTurn } from './approval-turn.ts'
import { endAwaiting } from './await-approval.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { openTurnOf } from './open-turn.ts'
import { offerHandoff } from './pass-floor.ts'
import type { StepRow, TurnRow } from './tables.ts'
import { type ReadBefore, recordReadAhead } from './record-read-ahead.ts'
import { recordInScope } from './record-tool-result.ts'
import { callsOf, type StoredCall } from './stored-call.ts'

export type AnswerBegun =
  | { kind: 'stale' }
  | { kind: 'handed_off'; reason: HandoffReason; intent: string | null }
  /** An earlier attempt got this far: nobody pays twice. */
  | { kind: 'stored'; calls: StoredCall[] }
  /** The turn has ended with words made by code: it waits for a person's consent, or told what came of one. */
  | { kind: 'ended' }
  | { kind: 'go'; material: AnswerMaterial }

type Request = { turn: number; round: number; ahead?: ReadBefore[] }

export async function beginAnswer(
  kernel: Kernel,
  { conversationId, ...request }: Request & { conversationId: string },
): Promise<AnswerBegun> {
  const begun = await inConversation(kernel, conversationId, (scope) => beginInScope(scope, request))
  return begun ?? { kind: 'stale' }
}

export async function beginInScope(scope: Scope, { turn: number, round, ahead = [] }: Request): Promise<AnswerBegun> {
  const turn = await openTurnOf(scope, number)
  if (!turn) return { kind: 'stale' }
  const before = await stepsOf(scope, turn.number)
  const stored = before.find((step) => step.key === `model/${round}`)
  if (stored) return { kind: 'stored', calls: callsOf(stored) }

  const steps =
    before.length === 0 && ahead.length > 0
      ? await recordReadAhead(scope, turn.number, ahead)
      : await bookUnanswered(scope, turn, before)
  const reason = handOverDue(scope, turn, steps, round)
  if (reason) {
    const text = reason === 'unknown_outcome' ? 'outcome_unknown' : 'people'
    await offerHandoff(scope, { reason, text, turnState: 'handed_off', messageStatus: 'handed_off' })
    return { kind: 'handed_off', reason, intent: turn.intent }
  }
  if (turn.cause === 'approval') {
    await endApprovalTurn(scope, turn)
    return { kind: 'ended' }
  }
  if (await endAwaiting(scope, turn, steps)) return { kind: 'ended' }
  const attempt = turn.attempt + 1
  await scope.trx
    .updateTable('turns')
    .set({ attempt, alive_at: scope.now })
    .where('conversation_id', '=', scope.row.id)
    .where('number', '=', turn.number)
    .execute()
  return { kind: 'go', material: await material(scope, { ...turn, attempt }, steps) }
}

async function stepsOf(scope: Scope, turn: number): Promise<StepRow[]> {
  return scope.trx
    .selectFrom('steps')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where('turn', '=', turn)
    .orderBy('ordinal')
    .execute()
}

/** A call whose activity gave up has no result: it is booked as failed, so the model and the customer's view see an end. */
async function bookUnanswered(scope: Scope, turn: TurnRow, steps: StepRow[]): Promise<StepRow[]> {
  const { row, trx } = scope
  let booked = false
  const answered = new Set(steps.filter((step) => step.kind === 'tool').map((step) => step.call_id))
  const calls = steps.filter((step) => step.kind === 'model').flatMap(callsOf)
  for (const call of calls.filter((call) => call.run && !answered.has(call.id))) {
    // What was only intended is off: an attempt that still sleeps somewhere must not send it after the model heard "failed".
    await trx
      .updateTable('effects')
      .set({ state: 'refused', ended_at: scope.now, outcome: JSON.stringify({ code: 'given_up' }) })
      .where('conversation_id', '=', row.id)
      .where('turn', '=', turn.number)
      .where('call_id', '=', call.id)
      .where('authority', '=', 'turn')
      .where('state', '=', 'intended')
      .execute()
    const effect = await trx
      .selectFrom('effects')
      .select('state')
      .where('conversation_id', '=', row.id)
      .where('turn', '=', turn.number)
      .where('call_id', '=', call.id)
      .executeTakeFirst()
    const outcome = effect?.state === 'sent' || effect?.state === 'unknown' ? 'unknown' : 'failed'
    const data: Json = { error: outcome === 'unknown' ? 'outcome_unknown' : 'system_did_not_answer' }
    const step = { turn: turn.number, call: call.id, tool: call.tool, ordinal: call.ordinal, kind: 'tool' as const }
    await recordInScope(scope, step, { outcome, data })
    booked = true
  }
  return booked ? stepsOf(scope, turn.number) : steps
}

function handOverDue(scope: Scope, turn: TurnRow, steps: StepRow[], round: number): HandoffReason | null {
  const outcomes = steps.filter((step) => step.kind === 'tool').map((step) => step.outcome)
  if (outcomes.includes('unknown')) return 'unknown_outcome'
  // What came of an approval is told, however often its system failed before.
  if (turn.cause === 'approval' || outcomes.includes('needs_approval')) return null
  const failedToolCalls = outcomes.filter((outcome) => outcome === 'failed' || outcome === 'invalid').length
  return limitReached(scope, { round, failedToolCalls })
}

/** Why this call would be one too many, if it is. */
export function limitReached(
  { row, desk }: Pick<Scope, 'row' | 'desk'>,
  { round, failedToolCalls }: { round: number; failedToolCalls: number },
): HandoffReason | null {
  const { budgetUsd, turn } = desk.policy
  const limits = { rounds: turn.rounds, failedToolCalls: turn.failedToolCalls, budgetUsd }
  return escalationDue({ round, failedToolCalls, costUsd: Number(row.cost_usd) }, limits)
}

async function material(scope: Scope, turn: TurnRow, steps: StepRow[]): Promise<AnswerMaterial> {
  const { row, trx, desk } = scope
  const messages = await messagesFor(trx, { row, desk, waiting: false })
  const settled = await trx
    .selectFrom('effects')
    .select('tool')
    .distinct()
    .where('conversation_id', '=', row.id)
    .where('state', '=', 'settled')
    .execute()
  return { ...knownOf(row), messages, turn, steps, settled: settled.map((effect) => effect.tool) }
}
