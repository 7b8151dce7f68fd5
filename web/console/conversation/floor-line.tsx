// The track of the floor: dashed while the AI had it, solid while a person had it, thin while it waited for one.
import type { Handoff } from '../../shared/desk-types.ts'
import { clockTime, duration } from '../../shared/times.ts'
import { useConversation } from './conversation-context.ts'
import { type Floor, type FloorSpan, floorSpans } from './floor.ts'
import { TRACK, trackLines } from './track-lines.ts'

const WHO: Record<Floor, string> = { ai: 'AI', waiting: 'nobody, waiting for a person', person: 'a person' }

export function FloorLine() {
  const { workspace, part, me } = useConversation()
  const spans = floorSpans(workspace.timeline, workspace.conversation.created_at)
  const now = spans.at(-1)
  const { handoff } = part
  const sentence = {
    mine: 'You have the floor',
    other: `${handoff?.claimed_by?.name ?? 'A person'} has the floor`,
    waiting: `It waits for ${awaited(handoff, me.id)}`,
    ai: 'The AI has the floor',
    closed: 'Closed',
  }[part.floor]
  return (
    <div className="floor">
      <span className="floor-now">
        <b dir="auto">{sentence}</b> {now && <span className="quiet">since {clockTime(now.from)}</span>}
      </span>
      <Track spans={spans} />
      <span className="quiet opt">{lastPerson(spans)}</span>
    </div>
  )
}

/** Whom it was given to, else anybody. */
function awaited(handoff: Handoff | null, me: string): string {
  if (handoff?.assigned_to) return handoff.assigned_to.id === me ? 'you' : handoff.assigned_to.name
  return handoff?.team ? `a person of the team ${handoff.team}` : 'a person'
}

function Track({ spans }: { spans: readonly FloorSpan[] }) {
  const label = spans.map(({ floor, from }) => `${WHO[floor]} from ${clockTime(from)}`).join(', ')
  return (
    <svg className="track" viewBox={`0 0 ${TRACK} 12`} preserveAspectRatio="none" role="img" aria-label={label}>
      {trackLines(spans).map(({ floor, from, x1, x2 }) => (
        <line key={from} className={floor} x1={x1} x2={x2} y1="6" y2="6" vectorEffect="non-scaling-stroke" />
      ))}
      <line className="now" x1={TRACK - 1} x2={TRACK - 1} y1="0" y2="12" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

function lastPerson(spans: readonly FloorSpan[]): string {
  const span = spans.findLast(({ floor, until }) => floor === 'person' && until !== null)
  if (!span?.until) return ''
  return `a person had it for ${duration(Date.parse(span.until) - Date.parse(span.from))}`
}
