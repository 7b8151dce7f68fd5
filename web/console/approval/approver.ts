// What the person at this page may do with an approval.
import type { Approval, Decision } from '../../shared/desk-types.ts'

/** The id of who decided. */
export const deciderId = ({ by }: Decision): string => (typeof by === 'string' ? by : by.id)
export const deciderName = ({ by }: Decision): string => (typeof by === 'string' ? by : by.name)

/** Their own decision, if they made one. */
export const ownDecision = ({ decisions }: Approval, me: string): Decision | undefined =>
  decisions.find((decision) => deciderId(decision) === me)

/** How many more have to approve. */
export const stillNeeded = ({ needed, decisions }: Approval): number =>
  Math.max(0, needed.people - decisions.filter(({ decision }) => decision === 'approve').length)

/** `Approval needed from two people` */
export function headline(approval: Approval): string {
  const { state, needed } = approval
  switch (state) {
    case 'pending':
      return needed.people > 1 ? `Approval needed from two people` : `Approval needed from ${article(needed.role)}`
    case 'approved':
      return 'Approved, runs now'
    case 'executed':
      return 'Approved and done'
    case 'failed':
      return 'Approved, but it could not be done'
    case 'refused':
      return 'Refused'
    case 'expired':
      return 'Expired, nothing was done'
    case 'superseded':
      return 'Edited'
  }
}

const article = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`
