import { acceptedOn } from '../consent.ts'
import type { ApprovalRow, DecisionOperation } from '../evidence.ts'
import { groupBy } from '../group-by.ts'
import { defineKind } from '../violation.ts'

export const decisionWronglyAccepted = defineKind({
  name: 'decision-wrongly-accepted',
  promise:
    'A decision counts for exactly what its person saw, once a person, and only while one is waited for (rule 11).',
  find: (evidence) =>
    evidence.stories.flatMap((story) =>
      story.approvals.flatMap((approval) =>
        wrongIn(approval, acceptedOn(evidence.decisionsOn(approval.id))).map((explanation) => ({
          conversation: story.id,
          explanation,
        })),
      ),
    ),
})

function wrongIn(approval: ApprovalRow, accepted: readonly DecisionOperation[]): string[] {
  const { id, digest, needed_people: people } = approval
  const found = accepted
    .filter((each) => each.digest !== digest)
    .map(({ actor, decision }) => `${actor} could ${decision} ${id} with a digest that is not its own.`)
  for (const [actor, words] of groupBy(accepted, (each) => each.actor)) {
    if (new Set(words.map(({ decision }) => decision)).size > 1) found.push(`${actor} decided on ${id} twice.`)
  }
  const by = (decision: string) => [
    ...new Set(accepted.filter((each) => each.decision === decision).map(({ actor }) => actor)),
  ]
  const [approved, refused] = [by('approve'), by('refuse')]
  if (approved.length > people) {
    found.push(`${id} needs ${people}, and ${approved.join(' and ')} could approve it.`)
  }
  if (refused.length > 1) found.push(`${refused.join(' and ')} could each refuse ${id}.`)
  if (refused.length > 0 && approved.length >= people) {
    found.push(`${id} was approved by ${approved.join(' and ')}, and ${refused.join(' and ')} could refuse it.`)
  }
  return found
}
