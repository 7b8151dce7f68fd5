// One model call of a turn, and what becomes of it: tools to run, a reply, or a person. The outcome is stored before it is
// acknowledged, so a repeated attempt finds it instead of paying again.
import { Context } from '@temporalio/activity'
import { channelNamed } from '../channels/index.ts'
import type { Specialist } from '../desks/types.ts'
import { say, type TextKey } from '../domain/catalogue.ts'
import type { HandoffReason } from '../domain/escalation.ts'
import { guardText } from '../guardrails/output.ts'
import type { AnswerMaterial } from '../kernel/answer-material.ts'
import { commitReply, type ReplyCommitted } from '../kernel/commit-reply.ts'
import { commitToolCalls } from '../kernel/commit-tool-calls.ts'
import { handOver } from '../kernel/hand-over.ts'
import type { Offer } from '../kernel/pass-floor.ts'
import type { StoredCall } from '../kernel/stored-call.ts'
import { whileAlive } from './alive.ts'
import { beginCall, type Round } from './begin-call.ts'
import { checkCalls, escalationIn } from './check-calls.ts'
import { citedIn, withoutMarks } from './citations.ts'
import type { ActivityDeps, WorkingDesk } from './deps.ts'
import type { HeadStarts } from './head-starts.ts'
import { outputRules } from './output-rules.ts'
import type { PaidAnswer } from './pay.ts'
import type { Answered } from './types.ts'

type Attempt = Round & { events: number }

export async function answer(deps: ActivityDeps, heads: HeadStarts, input: Attempt): Promise<Answered> {
  const { turn, round } = input
  const signal = Context.current().cancellationSignal
  const begun = await (heads.join(input, signal) ?? beginCall(deps, input, { ahead: [], signal }))
  if (begun.kind === 'stale') return { kind: 'stale', turn, round }
  if (begun.kind === 'handed_off') return { kind: 'handed_off', reason: begun.reason, turn, round }
  if (begun.kind === 'stored') return tools(input, begun.calls)
  if (begun.kind === 'ended') return { kind: 'replied', turn, round, summarise: false }

  const { material, working, specialist, said } = begun
  if (said.by === 'catalogue') return fromCatalogue(deps, input, material, working, said.key)
  return conclude(deps, input, material, working, specialist, await whileAlive(deps, input, () => said.paid))
}

async function fromCatalogue(
  deps: ActivityDeps,
  { conversationId, turn, round, events }: Attempt,
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

async function conclude(
  deps: ActivityDeps,
  input: Attempt,
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

const tools = ({ turn, round }: Attempt, calls: StoredCall[]): Answered => ({
  kind: 'tools',
  turn,
  round,
  calls: calls
    .filter((call) => call.run)
    .map(({ id, tool, effect, quick, digest }) => ({ call: id, tool, effect, quick, digest })),
})
