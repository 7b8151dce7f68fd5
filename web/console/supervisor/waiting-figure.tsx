// How long customers waited for a person: the median and 95 of 100, against the promise.
import { useState } from 'react'
import { DayPlot } from './day-plot.tsx'
import { Figure } from './figure.tsx'
import { scaleOfWaits } from './scale.ts'
import type { Summary } from './summary.ts'
import { shortDay, wait } from './words.ts'

export function WaitingFigure({ summary: { days, totals, goals } }: { summary: Summary }) {
  const [pointed, setPointed] = useState<number | null>(null)
  const medians = days.map(({ wait_p50_s }) => wait_p50_s)
  const most = days.map(({ wait_p95_s }) => wait_p95_s)
  const ends = [
    { value: most.findLast((value) => value !== null), text: '95 of 100' },
    { value: medians.findLast((value) => value !== null), text: 'median' },
  ].flatMap(({ value, text }) => (typeof value === 'number' ? [{ value, text }] : []))
  const day = pointed === null ? undefined : days[pointed]
  return (
    <Figure
      title="Waiting for a person"
      caption={
        day ? (
          `${shortDay(day.day)}: median ${wait(day.wait_p50_s)}, 95 of 100 ${wait(day.wait_p95_s)}`
        ) : (
          <>
            <span className="goal-key" />
            promise {wait(goals.wait_s)}
          </>
        )
      }
      numbers={{
        columns: ['Day', 'Handoffs', 'Median', '95 of 100'],
        rows: days.map(({ day, handoffs, wait_p50_s, wait_p95_s }) => [
          shortDay(day),
          `${handoffs}`,
          wait(wait_p50_s),
          wait(wait_p95_s),
        ]),
      }}
    >
      <DayPlot
        days={days.map(({ day }) => day)}
        series={[
          { look: 'dashed', values: most },
          { look: 'line', values: medians },
        ]}
        scale={scaleOfWaits(most, goals.wait_s)}
        label={(value) => (value === 0 ? '0' : wait(value))}
        goal={goals.wait_s}
        size="low"
        ends={ends}
        named={3}
        description={`Waiting for a person: median ${wait(totals.wait_p50_s)}, 95 of 100 within ${wait(totals.wait_p95_s)}`}
        onPoint={setPointed}
      />
    </Figure>
  )
}
