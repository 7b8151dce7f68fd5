import type { Evidence, Story } from '../evidence.ts'
import { defineKind } from '../violation.ts'

export const approvalExecutedTwice = defineKind({
  name: 'approval-executed-twice',
  promise: 'One approval is one execution (rule 11).',
  find: (evidence) => evidence.stories.flatMap((story) => twice(evidence, story)),
})

const twice = (evidence: Evidence, story: Story) =>
  story.approvals.flatMap(({ id }) => {
    const effects = story.effects.filter((effect) => effect.approval_id === id)
    const done = effects.flatMap((effect) => evidence.appliedFor(effect))
    if (done.length < 2) return []
    const rows = done.map(({ operation, business_key: key, seq }) => `${operation} on ${key} (ledger/${seq})`)
    const explanation = `The approval ${id} was executed ${done.length} times: ${rows.join(' and ')}.`
    return [{ conversation: story.id, effects: effects.map((effect) => effect.id), explanation }]
  })
