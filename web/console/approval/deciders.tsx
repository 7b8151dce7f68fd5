import type { Approval } from '../../shared/desk-types.ts'
import { clockTime } from '../../shared/times.ts'
import { Icon } from '../parts/icon.tsx'
import { Who } from '../parts/who.tsx'
import { may } from '../session.ts'
import { deciderId, deciderName, ownDecision, stillNeeded } from './approver.ts'

/** Who decided, and who has not yet, where two are needed or somebody did. */
export function Deciders({ approval, me, role }: { approval: Approval; me: string; role: string }) {
  const { decisions, needed, state } = approval
  if (decisions.length === 0 && needed.people === 1) return null
  const open = state === 'pending' ? stillNeeded(approval) : 0
  const youAreOpen = open > 0 && ownDecision(approval, me) === undefined
  return (
    <ul className="two">
      {decisions.map((decision) => (
        <li key={`${deciderId(decision)} ${decision.at}`}>
          <Who kind="person" name={deciderName(decision)} />
          <span className="cut">
            <b dir="auto">{deciderId(decision) === me ? 'You' : deciderName(decision)}</b>
            <small>{clockTime(decision.at)}</small>
          </span>
          <Done decision={decision.decision} />
        </li>
      ))}
      {Array.from({ length: open }, (_, index) => (
        <li key={index}>
          <Who kind="open" name={youAreOpen && index === 0 ? 'You' : ''} />
          <span className="cut">
            <b>{youAreOpen && index === 0 ? 'You' : 'One more person'}</b>
            <small>{youAreOpen && index === 0 ? role : whoElse(approval, youAreOpen ? role : '')}</small>
          </span>
          <span className="wait">Not decided</span>
        </li>
      ))}
    </ul>
  )
}

/** Who may be the other one: a supervisor when none is among those who decide. */
function whoElse({ decisions, needed }: Approval, mine: string): string {
  const roles = [mine, ...decisions.map(({ by }) => (typeof by === 'string' ? '' : by.role))]
  const met = needed.role === 'agent' || roles.some((role) => may(role, 'supervisor'))
  return met ? 'agent or supervisor' : 'a supervisor'
}

function Done({ decision }: { decision: string }) {
  if (decision === 'refuse') {
    return (
      <span className="done refused">
        <Icon name="x" />
        Refused
      </span>
    )
  }
  return (
    <span className="done">
      <Icon name={decision === 'edit' ? 'edit' : 'check'} />
      {decision === 'edit' ? 'Edited' : 'Approved'}
    </span>
  )
}
