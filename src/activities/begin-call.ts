// The begin of one model call of a turn: what the store says to it, the prompt, and the model's answer on its way.
import { channelNamed } from '../channels/index.ts'
import type { Specialist } from '../desks/types.ts'
import type { TextKey } from '../domain/catalogue.ts'
import type { AnswerMaterial, PromptMaterial } from '../kernel/answer-material.ts'
import { type AnswerBegun, beginAnswer } from '../kernel/begin-answer.ts'
import type { ReadBefore } from '../kernel/record-read-ahead.ts'
import { answerPrompt } from '../prompting/answer-prompt.ts'
import { promptVersion } from '../prompting/prompt-version.ts'
import { type ActivityDeps, workingDesk, type WorkingDesk } from './deps.ts'
import { offeredTools } from './offered-tools.ts'
import { outputRules } from './output-rules.ts'
import { callModel, type PaidAnswer } from './pay.ts'
import { promptSteps } from './prompt-steps.ts'
import { heldStream, type ReplyStream, replyStream } from './reply-stream.ts'
import type { TurnRef } from './types.ts'

const MODEL_TIMEOUT = 25_000
const MOST_OUTPUT_TOKENS = 2000

export type Round = TurnRef & { round: number }

type Going = { kind: 'go'; material: AnswerMaterial; said: Said } & AtWork
/** The desk's own words, or the model's, which may still be on their way. */
type Said = { by: 'catalogue'; key: TextKey } | { by: 'model'; paid: Promise<PaidAnswer> }
export type CallBegun = Exclude<AnswerBegun, { kind: 'go' }> | Going

type AtWork = { working: WorkingDesk; specialist: Specialist | null }

/** Resolves when the model has been asked; what becomes of that is in `said`. */
export async function beginCall(
  deps: ActivityDeps,
  round: Round,
  { ahead, signal }: { ahead: ReadBefore[]; signal: AbortSignal },
): Promise<CallBegun> {
  const begun = await beginAnswer(deps.kernel, { ...round, ahead })
  if (begun.kind !== 'go') return begun
  const { material } = begun
  const atWork = whoAnswers(deps, material)
  const key = material.turn.text_key
  if (key) return { kind: 'go', material, ...atWork, said: { by: 'catalogue', key } }
  const paid = ask(deps, material, atWork, {
    round: round.round,
    signal,
    stream: streamOf(deps, round, material, atWork),
  })
  return { kind: 'go', material, ...atWork, said: { by: 'model', paid } }
}

/** Asks before the turn is taken. Nothing is shown until `goOn` is told what the store made of it, which must be the same. */
export function askEarly(
  deps: ActivityDeps,
  conversationId: string,
  material: PromptMaterial,
  signal: AbortSignal,
): { goOn: (material: AnswerMaterial) => CallBegun } {
  const atWork = whoAnswers(deps, material)
  const stream = heldStream()
  const paid = ask(deps, material, atWork, { round: 1, signal, stream })
  return {
    goOn(taken) {
      stream.flowTo(streamOf(deps, { conversationId }, taken, atWork))
      return { kind: 'go', material: taken, ...atWork, said: { by: 'model', paid } }
    },
  }
}

function whoAnswers(deps: ActivityDeps, { desk, turn }: PromptMaterial): AtWork {
  const working = workingDesk(deps, desk)
  return { working, specialist: working.specialists.get(turn.specialist ?? '') ?? null }
}

function streamOf(
  deps: ActivityDeps,
  { conversationId }: { conversationId: string },
  { channel, settled, turn }: AnswerMaterial,
  { working }: AtWork,
): ReplyStream {
  const rules = outputRules(working, settled)
  return replyStream({ bus: deps.kernel.bus, conversationId, turn, rules, channel: channelNamed(channel) })
}

function ask(
  deps: ActivityDeps,
  material: PromptMaterial,
  { working, specialist }: AtWork,
  { round, signal, stream }: { round: number; signal: AbortSignal; stream: ReplyStream },
): Promise<PaidAnswer> {
  const channel = channelNamed(material.channel)
  const question = material.messages.filter((message) => message.turn === material.turn.number)
  const paid = callModel(deps, {
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
  }).then((answer) => {
    // Only a whole answer's last words are shown: those of a call that failed or was taken over are void.
    stream.end()
    return answer
  })
  // Whoever waits for it hears of it; until then it must not be an unhandled rejection.
  paid.catch(() => undefined)
  return paid
}
