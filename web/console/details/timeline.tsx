import type { Next, TimelineStep } from '../../shared/desk-types.ts'
import { clockTime, moment } from '../../shared/times.ts'
import { useClock } from '../parts/clock.ts'
import { deadlineWords } from '../parts/words.ts'

/** What happened when, and what is due next. */
export function Timeline({
  timeline,
  next,
  since,
}: {
  timeline: readonly TimelineStep[]
  next: Next | null
  since: string
}) {
  const due = useClock((now) => (next === null ? '' : moment(next.at, now)))
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      <ol className="steps">
        <Step at={since} text="Opened" />
        {timeline.map(({ seq, type, at, text }) => (
          <Step key={seq} at={at} text={text} dot={DOTS[type]} />
        ))}
        {next && (
          <li>
            <time dateTime={next.at}>{due.split(' ').at(-1)}</time>
            <span className="dot wdot" />
            <span className="now">
              {deadlineWords(next.kind)}
              {due.includes(' ') ? `, ${due}` : ''}
            </span>
          </li>
        )}
      </ol>
    </section>
  )
}

const DOTS: Record<string, string> = {
  'handoff-claimed': 'pdot',
  'approval-decided': 'pdot',
  'approval-requested': 'wdot',
  'handoff-offered': 'wdot',
}

function Step({ at, text, dot = '' }: { at: string; text: string; dot?: string | undefined }) {
  return (
    <li>
      <time dateTime={at}>{clockTime(at)}</time>
      <span className={`dot ${dot}`} />
      <span dir="auto">{text}</span>
    </li>
  )
}
