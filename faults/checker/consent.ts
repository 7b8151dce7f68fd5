// What people said to an approval, and how much consent a write needs; by the clients' record and the policy's figures, not by
// what the product believes.
import type { ConsentLimits } from '../history.ts'
import { type ApprovalRow, type DecisionOperation, succeeded } from './evidence.ts'
import { wholeOf } from './writes.ts'

export type Needed = { role: string; people: number }

/** Whoever must agree to a write of this money. */
export function neededFor(limits: ConsentLimits | undefined, cents: number): Needed {
  const step = limits?.steps.find(({ upTo }) => upTo === null || cents <= upTo)
  return step ?? { role: 'agent', people: 1 }
}

/** Up to this amount nobody is asked; null when the policy has no limit for it. */
export const freeUpTo = (limits: ConsentLimits | undefined, operation: string): number | null =>
  limits?.freeUpTo[wholeOf(operation)] ?? null

/** Of different people, once each: approvals of exactly this that were accepted, or may have been, before `until`. */
export function approversOf(
  approval: ApprovalRow,
  decisions: readonly DecisionOperation[],
  until = Infinity,
): Map<string, DecisionOperation> {
  const given = decisions.filter(
    (each) =>
      each.decision === 'approve' &&
      each.outcome !== 'fail' &&
      each.digest === approval.digest &&
      each.invokedAt <= until,
  )
  return new Map(given.map((each) => [each.actor, each]))
}

/** Decisions that were answered with 2xx, each person's words once. */
export function acceptedOn(decisions: readonly DecisionOperation[]): DecisionOperation[] {
  const accepted = decisions.filter(succeeded)
  return [...new Map(accepted.map((each) => [`${each.actor}/${each.decision}/${each.digest}`, each])).values()]
}

/** Enough different people, and one of them with the role. */
export const isEnough = ({ role, people }: Needed, approvers: ReadonlyMap<string, DecisionOperation>): boolean =>
  approvers.size >= people && (role === 'agent' || [...approvers.values()].some((each) => each.role === role))
