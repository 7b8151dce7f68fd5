import { initials } from '../../shared/initials.ts'

/** Who speaks, by shape: round is the customer, dashed the machine, solid a person. The name stands beside it. */
export function Who({
  kind,
  name = '',
  big,
}: {
  kind: 'customer' | 'ai' | 'person' | 'open' | 'system' | 'waits'
  name?: string
  big?: boolean
}) {
  const shape = kind === 'waits' ? 'system waits' : kind
  const letters = kind === 'ai' ? 'AI' : kind === 'system' || kind === 'waits' ? '' : initials(name)
  return (
    <span className={`who ${shape}${big ? ' big' : ''}`} aria-hidden="true">
      {letters}
    </span>
  )
}
