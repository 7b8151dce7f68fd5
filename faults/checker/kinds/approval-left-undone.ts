import { acceptedOn } from '../consent.ts'
import type { ApprovalRow, Evidence, Story } from '../evidence.ts'
import { lateBy, seconds } from '../patience.ts'
import { saysApprovalDone } from '../said.ts'
import { defineKind } from '../violation.ts'

export const approvalLeftUndone = defineKind({
  name: 'approval-left-undone',
  promise:
    'An accepted decision is kept; what was approved is done, declined or known as doubtful, and told once (rule 11).',
  find: (evidence) =>
    evidence.stories.flatMap((story) =>
      [
        ...story.approvals.flatMap((approval) => [
          ...lost(evidence, approval),
          ...(story.stuck ? [] : undone(evidence, story, approval)),
        ]),
        ...toldOtherThanOnce(story),
      ].map((explanation) => ({ conversation: story.id, explanation })),
    ),
})

/** Words of a person that were answered with 2xx and left no trace. */
function lost(evidence: Evidence, { id, state, digest, needed_people: people }: ApprovalRow): string[] {
  const accepted = acceptedOn(evidence.decisionsOn(id)).filter((each) => each.digest === digest)
  const by = (decision: string) =>
    new Set(accepted.filter((each) => each.decision === decision).map((each) => each.actor))
  if (by('refuse').size > 0 && state !== 'refused')
    return [`${id} was refused, and the store says that it is ${state}.`]
  const approved = by('approve').size >= people && by('refuse').size === 0
  return approved && !['approved', 'executed', 'failed'].includes(state)
    ? [`${id} was approved, and the store says that it is ${state}.`]
    : []
}

function undone({ history }: Evidence, story: Story, approval: ApprovalRow): string[] {
  const { id, state, what } = approval
  const effect = story.effects.find((each) => each.approval_id === id)
  const since = Math.max(approval.decided_at ?? approval.created_at, effect?.ended_at ?? 0)
  const overdue = lateBy(since + history.limits.turn, history.endedAt, history.faults) > 0
  // Nobody knows what became of it, and a person was told to find out: that is another kind's matter.
  if (effect?.state === 'unknown') return []
  if (state === 'executed' && effect?.state !== 'settled') {
    return [`${id} (${what}) counts as executed, and its write is ${effect?.state ?? 'not there'}.`]
  }
  if (!overdue) return []
  const ago = seconds(history.endedAt - since)
  if (state === 'approved')
    return [`${id} (${what}) was approved ${ago} ago, and its write is ${effect?.state ?? 'not there'}.`]
  return ['executed', 'failed', 'refused', 'expired'].includes(state) && approval.told_at === null
    ? [`${id} (${what}) is ${state} for ${ago}, and the customer was never told.`]
    : []
}

/** By what they were about: two approvals may be told in the same words. */
function toldOtherThanOnce(story: Story): string[] {
  const done = story.approvals.filter(({ state, told_at: toldAt }) => state === 'executed' && toldAt !== null)
  return [...new Set(done.map(({ what }) => what))].flatMap((what) => {
    const wanted = done.filter((approval) => approval.what === what).length
    const told = story.messages.filter(({ role, text }) => /^(ai|system)$/.test(role) && saysApprovalDone(what, text))
    return told.length === wanted ? [] : [`"${what}" was done ${wanted} times, and told ${told.length} times.`]
  })
}
