import { aiAnswers, drafts } from '../answers.ts'
import { ruling } from '../effect-parts.ts'
import type { Evidence, Story } from '../evidence.ts'
import { saysApprovalDone, saysDone, saysSomethingApproved } from '../said.ts'
import { defineKind, type Finding } from '../violation.ts'
import { isPart, isWrite, operationOf, sameWrite } from '../writes.ts'

export const saidDoneButNotDone = defineKind({
  name: 'said-done-but-not-done',
  promise: '"Done" is said, shown and written down only after the system did it (P3).',
  find: (evidence) =>
    evidence.stories.flatMap((story) => [
      ...settledWithoutProof(evidence, story),
      ...stepsWithoutProof(story),
      ...textsWithoutProof(evidence, story),
      ...approvalsWithoutProof(evidence, story),
    ]),
})

function settledWithoutProof(evidence: Evidence, story: Story): Finding[] {
  return story.effects
    .filter((effect) => effect.state === 'settled' && ruling(effect) === null)
    .flatMap((effect): Finding[] => {
      const found = { conversation: story.id, effects: [effect.id] }
      const [proof] = evidence.appliedFor(effect)
      if (!proof) {
        return [{ ...found, explanation: `The write ${effect.tool} is marked settled, and no back end ever did it.` }]
      }
      if (effect.ended_at === null || Date.parse(proof.at) <= effect.ended_at) return []
      const explanation = `The write ${effect.tool} was marked settled before ${proof.system} did it.`
      return [{ ...found, explanation }]
    })
}

/** The step is what the model reads and the customer sees as "tool finished: ok". */
function stepsWithoutProof(story: Story): Finding[] {
  return story.steps
    .filter((step) => step.kind === 'tool' && step.outcome === 'ok' && isWrite(step.tool))
    .filter(
      (step) =>
        !story.effects.some(
          (effect) => effect.turn === step.turn && effect.tool === step.tool && effect.state === 'settled',
        ),
    )
    .map((step) => ({
      conversation: story.id,
      explanation: `In turn ${step.turn} the tool ${step.tool} reported "ok" (${step.key}), and no write of that turn is settled.`,
    }))
}

/** What the customer asked to be done, a text says is done, and the ledger had not seen when it was said. */
function textsWithoutProof(evidence: Evidence, story: Story): Finding[] {
  const customer = story.row?.customer_id
  const wishes = evidence.sent.filter((message) => message.conversation === story.id)
  const said = [
    ...aiAnswers(story).map(({ reply, answers }) => ({
      what: `The reply ${reply.id}`,
      id: reply.id,
      text: reply.text,
      at: reply.created_at,
      answers,
    })),
    ...drafts(story).map(({ messageId, ...draft }) => ({
      what: `The growing text of ${messageId}`,
      id: messageId,
      ...draft,
    })),
  ]
  return said.flatMap(({ what, id, text, at, answers }) =>
    wishes.flatMap(({ messageId, posts }): Finding[] => {
      const intent = posts.find((post) => post.intent.wants === 'write' || post.intent.wants === 'approval')?.intent
      if (intent?.wants !== 'write' && intent?.wants !== 'approval') return []
      if (!answers.includes(messageId) || !saysDone(intent, text)) return []
      const done = evidence.applied.some(
        (row) =>
          !isPart(row.operation) &&
          sameWrite(intent, row) &&
          (row.customer_id === undefined || row.customer_id === customer) &&
          Date.parse(row.at) <= at,
      )
      if (done || ruledHappened(story, intent.operation)) return []
      const explanation = `${what} says that ${intent.operation} on ${intent.key} was done, and when it was said no back end had done it.`
      return [{ conversation: story.id, messages: [messageId, id], explanation }]
    }),
  )
}

/** "Our colleagues agreed, and it is done": said of something that is not. */
function approvalsWithoutProof(evidence: Evidence, story: Story): Finding[] {
  return story.messages
    .filter(({ role, text }) => (role === 'ai' || role === 'system') && saysSomethingApproved(text))
    .flatMap(({ id, text, created_at: at }): Finding[] => {
      const meant = story.effects.filter((effect) => {
        const what = evidence.approvalOf(effect)?.what
        return what !== undefined && saysApprovalDone(what, text)
      })
      const done = meant.some(
        (effect) =>
          ruling(effect) === 'happened' || evidence.appliedFor(effect).some((row) => Date.parse(row.at) <= at),
      )
      if (done) return []
      const effects = meant.map((effect) => effect.id)
      const explanation = `${id} says that people agreed and it is done, and when it was said no back end had done it: ${text}`
      return [{ conversation: story.id, messages: [id], effects, explanation }]
    })
}

const ruledHappened = (story: Story, operation: string): boolean =>
  story.effects.some((effect) => operationOf(effect.tool) === operation && ruling(effect) === 'happened')
