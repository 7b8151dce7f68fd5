import type { Call } from '../../shared/desk-types.ts'
import { Icon } from '../parts/icon.tsx'
import { asText } from './as-text.ts'

/** The tools of a turn, folded; each with what it was given and what came back. */
export function ToolCalls({ calls }: { calls: readonly Call[] }) {
  if (calls.length === 0) return null
  return (
    <details className="fold tools">
      <summary>
        <Icon name="chev" className="i turn" />
        <Icon name="tool" />
        {summary(calls)}
      </summary>
      <ul className="calls">
        {calls.map((call) => (
          <li key={call.call_id}>
            <details className="call-more">
              <summary className="call">
                <span className="mono">
                  {call.tool} {asText(call.arguments)}
                </span>
                <span className={tone(call.outcome)}>{call.outcome?.replaceAll('_', ' ') ?? 'running'}</span>
              </summary>
              <pre dir="auto">{asText(call.result, true)}</pre>
            </details>
          </li>
        ))}
      </ul>
    </details>
  )
}

function summary(calls: readonly Call[]): string {
  const bad = calls.filter(({ outcome }) => isBad(outcome)).length
  const running = calls.some(({ outcome }) => outcome === null)
  const ended = running ? 'running' : bad === 0 ? 'answered' : `${bad} in vain`
  const [first] = calls
  if (calls.length === 1 && first) return `${first.tool}, ${ended}`
  return `${calls.length} tools, ${ended === 'answered' ? 'all answered' : ended}`
}

/** What was asked for did not come about; to wait for a person is no failure. */
const isBad = (outcome: string | null): boolean => outcome !== null && !/^ok$|approval/.test(outcome)
const tone = (outcome: string | null): string => (isBad(outcome) ? 'tag brick' : 'quiet')
