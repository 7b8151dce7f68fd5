import { type Evidence, type Story, succeeded } from '../evidence.ts'
import type { History, Limits } from '../../history.ts'
import { groupBy } from '../group-by.ts'
import { lateBy, seconds } from '../patience.ts'
import { defineKind, type Finding } from '../violation.ts'

/** The budget is looked at before each call, so the last call may go beyond it, and a summary follows. */
const LAST_CALLS = 1.25

export const overACap = defineKind({
  name: 'over-a-cap',
  promise: 'Text, model calls, tool calls, money and time of a turn are capped, and what must be refused is (P8).',
  find: (evidence) => [
    ...accepted(evidence),
    ...evidence.stories.flatMap((story) => [
      ...texts(story, evidence.history.limits),
      ...calls(story, evidence.history.limits),
      ...turns(story, evidence.history),
    ]),
  ],
})

/** Also one whose answer was lost: nothing of it may be stored. */
function accepted({ sent }: Evidence): Finding[] {
  return sent.flatMap(({ posts, row, messageId }) =>
    posts.flatMap((post): Finding[] => {
      if (post.intent.wants !== 'refusal' || (!succeeded(post) && row?.text !== post.text)) return []
      const how = succeeded(post) ? `was answered with ${post.status}` : 'is in the store'
      const explanation = `The message ${messageId} had to be refused with ${post.intent.status}, and ${how}.`
      return [{ conversation: post.conversation ?? row?.conversation_id ?? null, messages: [messageId], explanation }]
    }),
  )
}

function texts(story: Story, { textLength }: Limits): Finding[] {
  return story.messages
    .filter((message) => message.role === 'customer' && Array.from(message.text).length > textLength)
    .map((message) => ({
      conversation: story.id,
      messages: [message.id],
      explanation: `The message ${message.id} has ${Array.from(message.text).length} code points; ${textLength} are allowed.`,
    }))
}

function calls(story: Story, limits: Limits): Finding[] {
  const findings: Finding[] = []
  for (const [turn, steps] of groupBy(story.steps, (step) => String(step.turn))) {
    const model = steps.filter((step) => step.kind === 'model' || step.kind === 'classify').length
    // What was refused at once ran nothing.
    const tools = steps.filter((step) => step.kind === 'tool' && step.outcome !== 'invalid').length
    const found = (explanation: string) => findings.push({ conversation: story.id, explanation })
    if (model > limits.modelCallsPerTurn) {
      found(`Turn ${turn} made ${model} model calls; ${limits.modelCallsPerTurn} are allowed.`)
    }
    if (tools > limits.toolCallsPerTurn) {
      found(`Turn ${turn} made ${tools} tool calls; ${limits.toolCallsPerTurn} are allowed.`)
    }
  }
  const cost = story.row?.cost_usd ?? 0
  if (cost > limits.costPerConversation * LAST_CALLS) {
    const explanation = `The conversation cost $${cost}; $${limits.costPerConversation} are allowed.`
    findings.push({ conversation: story.id, explanation })
  }
  return findings
}

function turns(story: Story, { limits, faults }: History): Finding[] {
  return story.turns.flatMap((turn): Finding[] => {
    if (turn.ended_at === null) return []
    const late = lateBy(turn.started_at + limits.turn, turn.ended_at, faults)
    if (late <= 0) return []
    const took = seconds(turn.ended_at - turn.started_at)
    const explanation = `Turn ${turn.number} lasted ${took}; ${seconds(limits.turn)} are allowed, and no fault explains the rest.`
    return [{ conversation: story.id, explanation }]
  })
}
