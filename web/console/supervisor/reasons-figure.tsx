// Why people were needed: a bar and a number each; one that rose much says by how much.
import { Figure } from './figure.tsx'
import type { Summary } from './summary.ts'
import { count, reasonWords } from './words.ts'

type Reason = Summary['reasons'][number]

/** Less is chance. */
const ROSE_BY = 5
const ROSE_TO = 1.3

export function ReasonsFigure({ summary: { reasons, totals, days } }: { summary: Summary }) {
  const ordered = reasons.toSorted((one, other) => other.handoffs - one.handoffs)
  const most = Math.max(1, ...ordered.map(({ handoffs }) => handoffs))
  return (
    <Figure title="Handoffs by reason" caption={captionOf(totals.handoffs, days.length)}>
      <ul className="reason-bars">
        {ordered.map((reason) => {
          const rise = riseOf(reason)
          const width = (100 * reason.handoffs) / most
          return (
            <li key={reason.reason}>
              <span className="cut">{reasonWords(reason.reason)}</span>
              <span className="amount-bar">
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect className={rise ? 'risen' : 'amount'} width={width} height="8" />
                </svg>
                {rise ? (
                  <small style={width > 70 ? { right: 0 } : { left: `calc(${width}% + 6px)` }}>up {rise}</small>
                ) : null}
              </span>
              <b>{count(reason.handoffs)}</b>
            </li>
          )
        })}
      </ul>
    </Figure>
  )
}

const captionOf = (handoffs: number, days: number): string =>
  handoffs === 0 ? `none in ${days} days` : `${count(handoffs)} in ${days} days`

function riseOf({ handoffs, before }: Reason): number | undefined {
  if (before === 0 || handoffs - before < ROSE_BY || handoffs < before * ROSE_TO) return undefined
  return handoffs - before
}
