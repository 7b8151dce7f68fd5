// A person's consent to exactly one write (rule 11): its states, who may give it, and what a decision does.
import type { Role } from './conversation.ts'
import type { ProblemCode } from './errors.ts'

export const APPROVAL_STATES = [
  'pending',
  'approved',
  'refused',
  'expired',
  'superseded',
  'executed',
  'failed',
] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

export type ApproverRole = 'agent' | 'supervisor'
/** `people` different people, at least one of whom has `role` or more. */
export type Needed = { role: ApproverRole; people: number }

/** Why a write needs a person; codes, in the order they are shown. */
export type ConsentReason = 'amount' | 'daily_sum' | 'untrusted_text' | 'tool' | 'made_before'

export type Decision = 'approve' | 'refuse' | 'edit'
export type GivenDecision = { person: string; role: Role; decision: Decision }

const RANK: Record<Role, number> = { customer: 0, agent: 1, supervisor: 2, admin: 3 }
const holds = (role: Role, wanted: ApproverRole): boolean => RANK[role] >= RANK[wanted]

export type ApprovalAsJudged = {
  state: ApprovalState
  digest: string
  needed: Needed
  /** Milliseconds since the epoch. */
  expiresAt: number
  customerId: string
  decisions: readonly GivenDecision[]
}
export type Judged =
  /** `complete`: nobody else is needed. */
  { kind: 'counts'; complete: boolean } | { kind: 'refused'; code: ProblemCode; detail: string }

/** What a decision does. Whoever may approve may refuse or edit, and nobody else. */
export function judgeDecision(
  approval: ApprovalAsJudged,
  person: { id: string; role: Role },
  asked: { decision: Decision; digest: string },
  now: number,
): Judged {
  const no = (code: ProblemCode, detail: string): Judged => ({ kind: 'refused', code, detail })
  if (!holds(person.role, 'agent')) return no('forbidden', 'Only staff decides on approvals.')
  if (person.id === approval.customerId) return no('forbidden', 'Nobody decides on a request of their own.')
  if (approval.state === 'expired' || (approval.state === 'pending' && now >= approval.expiresAt)) {
    return no('expired', 'This approval has expired; nothing was done.')
  }
  if (approval.state !== 'pending') return no('already_decided', `This approval is ${approval.state} already.`)
  if (approval.decisions.some((given) => given.person === person.id)) {
    return no('already_decided', 'You have decided on this approval already.')
  }
  if (asked.digest !== approval.digest) {
    return no('wrong_digest', 'What is asked for is not what you saw. Read it again, then decide.')
  }
  const approvals = approval.decisions.filter(({ decision }) => decision === 'approve')
  const { role, people } = approval.needed
  const complete = approvals.length + 1 >= people
  const roleFound = [...approvals.map((given) => given.role), person.role].some((held) => holds(held, role))
  if (complete && !roleFound) return no('forbidden', `This decision needs the role ${role}.`)
  return { kind: 'counts', complete: asked.decision === 'approve' ? complete : true }
}
