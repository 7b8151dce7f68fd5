import { type TimeLeft as TimeLeftShown, timeLeft } from '../../shared/time-left.ts'
import { useClock } from './clock.ts'

/** Time to a deadline: shape, words, then colour. `to` names what is promised, such as `to the promised answer`. */
export function TimeLeft({ deadline, from, to }: { deadline: string; from?: string | null | undefined; to?: string }) {
  const start = from === null || from === undefined ? undefined : Date.parse(from)
  // As text, so that it renders again only when what it shows differs.
  const { stage, text, spoken, percent } = JSON.parse(
    useClock((now) => JSON.stringify(timeLeft(Date.parse(deadline), now, start))),
  ) as TimeLeftShown
  const words = to === undefined ? text : text.replace(/ left$/, ` ${to}`)
  return (
    <span className={`left ${stage === 'calm' ? 'ok' : stage}`}>
      <Shape stage={stage} percent={percent} />
      <span aria-hidden="true">{words}</span>
      <span className="vh">{to === undefined ? spoken : spoken.replace(/ left$/, ` ${to}`)}</span>
    </span>
  )
}

function Shape({ stage, percent }: { stage: string; percent: number }) {
  const arc = { pathLength: 100, strokeDasharray: `${percent} 100`, transform: 'rotate(-90 7 7)' }
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true">
      {stage === 'over' && <path d="M7 3v5M7 10.8v.2" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />}
      {stage === 'calm' && (
        <>
          <circle className="ring" cx="7" cy="7" r="5.5" />
          <circle className="arc" cx="7" cy="7" r="5.5" {...arc} />
        </>
      )}
      {stage === 'soon' && (
        <>
          <circle className="arc edge" cx="7" cy="7" r="6" strokeWidth="1.5" />
          <circle className="pie" cx="7" cy="7" r="2" strokeWidth="4" {...arc} />
        </>
      )}
    </svg>
  )
}
