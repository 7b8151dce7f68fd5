import type { Approval } from '../../shared/desk-types.ts'
import { moment } from '../../shared/times.ts'
import { asText } from '../conversation/as-text.ts'
import { useClock } from '../parts/clock.ts'
import { Icon } from '../parts/icon.tsx'

/** The canonical arguments that the text was made from and that will run, folded. */
export function ExactCall({ approval }: { approval: Approval }) {
  const expires = useClock((now) => moment(approval.expires_at, now))
  return (
    <details className="fold">
      <summary>
        <Icon name="chev" className="i turn" />
        {approval.tool}, policy {approval.policy_version}{' '}
        <span className="quiet">
          digest {shortDigest(approval.digest)}
          {approval.state === 'pending' ? `, expires ${expires}` : ''}
        </span>
      </summary>
      <pre dir="auto">
        {`Asked for by the AI, worded by code from exactly this:\n${approval.tool} ${asText(approval.arguments)}`}
      </pre>
    </details>
  )
}

const shortDigest = (digest: string): string => `${digest.slice(0, 4)} ${digest.slice(4, 8)}`
