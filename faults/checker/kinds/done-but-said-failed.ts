import { aiAnswers } from '../answers.ts'
import { ruling } from '../effect-parts.ts'
import type { EffectRow, Evidence, LedgerRow, Story } from '../evidence.ts'
import { saysApprovalNotDone, saysNotDone } from '../said.ts'
import { defineKind, type Finding } from '../violation.ts'

/** Outcomes of a step after which the model may say neither "done" nor "failed". */
const OPEN_OUTCOMES = new Set(['ok', 'unknown'])

export const doneButSaidFailed = defineKind({
  name: 'done-but-said-failed',
  promise: 'What a system did is never booked or told as failed; a doubt goes to a person (P3).',
  find: (evidence) =>
    evidence.stories.flatMap((story) =>
      story.effects.flatMap((effect): Finding[] => {
        const [proof] = evidence.appliedFor(effect)
        if (!proof) return []
        const told = toldOfApproval(evidence, story, effect, proof)
        return [...reasons(story, effect, proof), ...told].map((explanation) => ({
          conversation: story.id,
          effects: [effect.id],
          explanation,
        }))
      }),
    ),
})

function reasons(story: Story, effect: EffectRow, proof: LedgerRow): string[] {
  const did = `${proof.system} did ${proof.operation} on ${proof.business_key}`
  const found: string[] = []
  if (effect.state === 'refused' && ruling(effect) === null) found.push(`${did}, and the write is marked refused.`)
  const steps = story.steps.filter(
    (step) => step.kind === 'tool' && step.turn === effect.turn && step.tool === effect.tool,
  )
  if (steps.length > 0 && !steps.some((step) => OPEN_OUTCOMES.has(step.outcome ?? ''))) {
    const told = [...new Set(steps.map((step) => step.outcome))].join(', ')
    found.push(`${did}, and in turn ${effect.turn} the model was told "${told}".`)
  }
  const write = { operation: proof.operation, key: proof.business_key }
  const reply = aiAnswers(story).find(({ reply }) => reply.turn === effect.turn)?.reply
  if (effect.turn !== null && reply && Date.parse(proof.at) <= reply.created_at && saysNotDone(write, reply.text)) {
    found.push(`${did}, and the reply ${reply.id} of that turn tells the customer that nothing was done.`)
  }
  return found
}

/** The turn that told what came of the approval; without one it was a notice, and any notice after the deed that says so counts. */
function toldOfApproval(evidence: Evidence, story: Story, effect: EffectRow, proof: LedgerRow): string[] {
  const approval = evidence.approvalOf(effect)
  if (!approval || ruling(effect) !== null) return []
  const turns = new Set(story.turns.filter((turn) => turn.approval_id === approval.id).map(({ number }) => number))
  const twins = story.approvals.filter(({ what }) => what === approval.what).length
  return story.messages
    .filter(({ role, turn }) => (role === 'ai' && turns.has(turn ?? -1)) || (role === 'system' && twins === 1))
    .filter(({ text, created_at: at }) => Date.parse(proof.at) <= at && saysApprovalNotDone(approval.what, text))
    .map(
      ({ id }) =>
        `${proof.system} did what ${approval.id} is about, and ${id} tells the customer that nothing was done.`,
    )
}
