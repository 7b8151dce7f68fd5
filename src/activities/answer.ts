// One model call of a turn, and what becomes of it: tools to run, a reply, or a person. The outcome is stored before it is
// acknowledged, so a repeated attempt finds it instead of paying again.
import { Context } from '@temporalio/activity'
import { channelNamed } from '../channels/index.ts'
import type { Specialist } from '../desks/types.ts'
import { say, type TextKey } from '../domain/catalogue.ts'
import type { HandoffReason } from '../domain/escalation.ts'
import { guardText } from '../guardrails/output.ts'
import { type AnswerMaterial, beginAnswer } from '../kernel/begin-answer.ts'
import { commitReply, type ReplyCommitted } from '../kernel/commit-reply.ts'
import { commitToolCalls } from '../kernel/commit-tool-calls.ts'
import { handOver } from '../kernel/hand-over.ts'
import type { Offer } from '../kernel/pass-floor.ts'
import type { StoredCall } from '../kernel/stored-call.ts'
import { answerPrompt } from '../prompting/answer-prompt.ts'
import { promptVersion } from '../prompting/prompt-version.ts'
import { whileAlive } from './alive.ts'
import { checkCalls, escalationIn } from './check-calls.ts'
import { citedIn, withoutMarks } from './citations.ts'
import { type ActivityDeps, workingDesk, type WorkingDesk } from './deps.ts'
import { offeredTools } from './offered-tools.ts'
import { outputRules } from './output-rules.ts'
import { callModel, type PaidAnswer } from './pay.ts'
import { promptSteps } from './prompt-steps.ts'
import type { ReadAhead } from './read-ahead.ts'
import { replyStream } from './reply-stream.ts'
import type { Answered, TurnRef } from './types.ts'

const MODEL_TIMEOUT = 25_000
const MOST_OUTPUT_TOKENS = 2000

type Round = TurnRef & { round: number; events: number }

export async function answer(deps: ActivityDeps, ahead: ReadAhead, input: Round): Promise<Answered> {
  const { turn, round } = input
  const begun = await beginAnswer(deps.kernel, { ...input, ahead: await ahead.results(input) })
  if (begun.kind === 'stale') return { kind: 'stale', turn, round }
  if (begun.kind === 'handed_off') return { kind: 'handed_off', reason: begun.reason, turn, round }
  if (begun.kind === 'stored') return tools(input, begun.calls)
  if (begun.kind === 'ended') return { kind: 'replied', turn, round, summarise: false }

  const { material } = begun
  const working = workingDesk(deps, material.desk)
  if (material.turn.text_key) return fromCatalogue(deps, input, material, working, material.turn.text_key)

  const specialist = working.specialists.get(material.turn.specialist ?? '') ?? null
  const paid = await whileAlive(deps, input, () => ask(deps, input, material, working, specialist))
  return conclude(deps, input, material, working, specialist, paid)
}

async function fromCatalogue(
  deps: ActivityDeps,
  { conversationId, turn, round, events }: Round,
  material: AnswerMaterial,
  { desk }: WorkingDesk,
  key: TextKey,
): Promise<Answered> {
  const text = say(desk.catalogue, material.locale, key)
  return replied(
    await commitReply(deps.kernel, { conversationId, turn, round, text, citations: [], usage: null, events }),
    turn,
    round,
  )
}

function ask(
  deps: ActivityDeps,
  { conversationId, round }: Round,
  material: AnswerMaterial,
  working: WorkingDesk,
  specialist: Specialist | null,
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
      signal: Context.current().cancellationSignal,
      ...(channel.streams ? { onDelta: stream.push } : {}),
    },
    onRestart: stream.restart,
  }).then((paid) => {
    // Only a whole answer's last words are shown: those of a call that failed or was taken over are void.
    stream.end()
    return paid
  })
}

async function conclude(
  deps: ActivityDeps,
  input: Round,
  material: AnswerMaterial,
  working: WorkingDesk,
  specialist: Specialist | null,
  { answer: said, usage }: PaidAnswer,
): Promise<Answered> {
  const { conversationId, turn, round, events } = input
  const personNeeded = async (reason: HandoffReason, text?: Offer['text']): Promise<Answered> => {
    const paid = { key: `model/${round}`, usage }
    const outcome = await handOver(deps.kernel, { conversationId, turn, reason, paid, ...(text ? { text } : {}) })
    return outcome === 'stale' ? { kind: 'stale', turn, round } : { kind: 'handed_off', reason, turn, round }
  }
  const escalation = escalationIn(said.toolCalls)
  if (escalation) return personNeeded(escalation)

  if (said.toolCalls.length > 0) {
    const calls = checkCalls(working, specialist, said.toolCalls, material.guest)
    const committed = await commitToolCalls(deps.kernel, { conversationId, turn, round, text: said.text, calls, usage })
    return committed.kind === 'stale' ? { kind: 'stale', turn, round } : tools(input, committed.calls)
  }
  const guarded = guardText(said.text, outputRules(working, material.settled))
  // "I refunded you" without a settled write is never shown; "a colleague takes over" is made true.
  if (guarded.blocked === 'unsettled_effect') return personNeeded('policy', 'claim_unconfirmed')
  if (guarded.blocked === 'unannounced_handoff') return personNeeded('person_requested')
  const citations = citedIn(guarded.text, material.steps)
  const committed = await commitReply(deps.kernel, {
    conversationId,
    turn,
    round,
    text: channelNamed(material.channel).citationMarks ? guarded.text : withoutMarks(guarded.text),
    citations,
    usage,
    events,
  })
  if (committed.kind === 'stale') deps.metrics.lateTextDropped.inc()
  return replied(committed, turn, round)
}

function replied(committed: ReplyCommitted, turn: number, round: number): Answered {
  if (committed.kind === 'stale') return { kind: 'stale', turn, round }
  const { summaryDue, next } = committed
  return { kind: 'replied', turn, round, summarise: summaryDue, ...(next ? { next } : {}) }
}

const tools = ({ turn, round }: Round, calls: StoredCall[]): Answered => ({
  kind: 'tools',
  turn,
  round,
  calls: calls
    .filter((call) => call.run)
    .map(({ id, tool, effect, quick, digest }) => ({ call: id, tool, effect, quick, digest })),
})
