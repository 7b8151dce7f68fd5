// The begin of one model call of a turn: what the store says to it, the prompt, and the model's answer on its way.
import { channelNamed } from '../channels/index.ts'
import type { Specialist } from '../desks/types.ts'
import type { TextKey } from '../domain/catalogue.ts'
import { type AnswerBegun, type AnswerMaterial, beginAnswer } from '../kernel/begin-answer.ts'
import type { ReadBefore } from '../kernel/record-read-ahead.ts'
import type { SureTurn } from '../kernel/take-next.ts'
import { answerPrompt } from '../prompting/answer-prompt.ts'
import { promptVersion } from '../prompting/prompt-version.ts'
import { type ActivityDeps, workingDesk, type WorkingDesk } from './deps.ts'
import { offeredTools } from './offered-tools.ts'
import { outputRules } from './output-rules.ts'
import { callModel, type PaidAnswer } from './pay.ts'
import { promptSteps } from './prompt-steps.ts'
import { readAhead } from './read-ahead.ts'
import { replyStream } from './reply-stream.ts'
import type { TurnRef } from './types.ts'

const MODEL_TIMEOUT = 25_000
const MOST_OUTPUT_TOKENS = 2000

export type Round = TurnRef & { round: number }

type Going = { kind: 'go'; material: AnswerMaterial; working: WorkingDesk; specialist: Specialist | null; said: Said }
/** The desk's own words, or the model's, which may still be on their way. */
type Said = { by: 'catalogue'; key: TextKey } | { by: 'model'; paid: Promise<PaidAnswer> }
export type CallBegun = Exclude<AnswerBegun, { kind: 'go' }> | Going

/** Resolves when the model has been asked; what becomes of that is in `said`. */
export async function beginCall(
  deps: ActivityDeps,
  round: Round,
  { ahead, signal }: { ahead: ReadBefore[]; signal: AbortSignal },
): Promise<CallBegun> {
  const begun = await beginAnswer(deps.kernel, { ...round, ahead })
  if (begun.kind !== 'go') return begun
  const { material } = begun
  const working = workingDesk(deps, material.desk)
  const specialist = working.specialists.get(material.turn.specialist ?? '') ?? null
  const key = material.turn.text_key
  if (key) return { kind: 'go', material, working, specialist, said: { by: 'catalogue', key } }
  const paid = ask(deps, round, material, working, specialist, signal)
  // Whoever waits for it hears of it; until then it must not be an unhandled rejection.
  paid.catch(() => undefined)
  return { kind: 'go', material, working, specialist, said: { by: 'model', paid } }
}

/** Of a turn that the rules have routed: first the reads that they name. */
export async function beginSureCall(
  deps: ActivityDeps,
  conversationId: string,
  turn: SureTurn,
  signal: AbortSignal,
): Promise<CallBegun> {
  const ahead = await readAhead(deps, conversationId, turn)
  return beginCall(deps, { conversationId, turn: turn.turn, round: 1 }, { ahead, signal })
}

function ask(
  deps: ActivityDeps,
  { conversationId, round }: Round,
  material: AnswerMaterial,
  working: WorkingDesk,
  specialist: Specialist | null,
  signal: AbortSignal,
): Promise<PaidAnswer> {
  const channel = channelNamed(material.channel)
  const rules = outputRules(working, material.settled)
  const stream = replyStream({ bus: deps.kernel.bus, conversationId, turn: material.turn, rules, channel })
  const question = material.messages.filter((message) => message.turn === material.turn.number)
  return callModel(deps, {
    purpose: 'answer',
    promptVersion: promptVersion(working.desk, specialist),
    choice: {
      wish: specialist?.model,
      questionLength: question.reduce((length, message) => length + message.text.length, 0),
      round,
    },
    request: {
      messages: answerPrompt({
        desk: working.desk,
        specialist,
        guest: material.guest,
        writing: channel.writing ?? null,
        locale: material.locale,
        timeZone: material.timeZone,
        now: material.turn.started_at.toISOString(),
        summary: material.summary,
        summaryThrough: material.summaryThrough,
        facts: material.facts,
        handBackNote: material.handBackNote,
        messages: material.messages,
        turn: material.turn.number,
        steps: promptSteps(material.steps, working.desk.policy.turn.toolResultLength),
      }),
      tools: offeredTools(working, specialist, material.steps, material.guest),
      maxOutputTokens: MOST_OUTPUT_TOKENS,
      timeout: MODEL_TIMEOUT,
      signal,
      ...(channel.streams ? { onDelta: stream.push } : {}),
    },
    onRestart: stream.restart,
  }).then((paid) => {
    // Only a whole answer's last words are shown: those of a call that failed or was taken over are void.
    stream.end()
    return paid
  })
}
