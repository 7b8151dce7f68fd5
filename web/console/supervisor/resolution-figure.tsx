// Resolved without a person, per day, with the goal and where a policy or a prompt changed.
import { useState } from 'react'
import { DayPlot } from './day-plot.tsx'
import { Figure } from './figure.tsx'
import { scaleOfShares } from './scale.ts'
import type { Summary } from './summary.ts'
import { changeWords, share, shortDay } from './words.ts'

export function ResolutionFigure({ summary: { days, changes, goals } }: { summary: Summary }) {
  const [pointed, setPointed] = useState<number | null>(null)
  const goal = goals.resolution_rate
  const rates = days.map(({ resolution_rate }) => resolution_rate)
  const marks = changes.flatMap((change) => {
    const index = days.findIndex(({ day }) => day === change.at.slice(0, 10))
    return index < 0 ? [] : [{ index, words: changeWords(change) }]
  })
  const last = rates.findLast((rate) => rate !== null) ?? null
  const day = pointed === null ? undefined : days[pointed]
  const caption = day ? (
    `${shortDay(day.day)}: ${share(day.resolution_rate)} of ${day.conversations}`
  ) : (
    <>
      share per day, <span className="goal-key" />
      goal {share(goal, 0)}
      {marks.length > 0 ? '; upright lines: a new prompt or policy' : ''}
    </>
  )
  return (
    <Figure
      title="Resolved without a person"
      caption={caption}
      numbers={{
        columns: ['Day', 'Conversations', 'Without a person', 'Changes'],
        rows: days.map(({ day, conversations, resolution_rate }, index) => [
          shortDay(day),
          `${conversations}`,
          share(resolution_rate),
          marks
            .filter((mark) => mark.index === index)
            .map(({ words }) => words)
            .join(', '),
        ]),
      }}
    >
      <DayPlot
        days={days.map(({ day }) => day)}
        series={[{ look: 'area', values: rates }]}
        scale={scaleOfShares(rates, goal)}
        label={(value) => share(value, 0)}
        goal={goal}
        size="tall"
        ends={last === null ? [] : [{ value: last, text: share(last) }]}
        marks={marks}
        named={5}
        description={descriptionOf(days)}
        onPoint={setPointed}
      />
    </Figure>
  )
}

function descriptionOf(days: Summary['days']): string {
  const known = days.filter(({ resolution_rate }) => resolution_rate !== null)
  if (known.length === 0) return 'Resolved without a person: nothing was counted on these days'
  const ordered = known.toSorted((one, other) => (one.resolution_rate ?? 0) - (other.resolution_rate ?? 0))
  const said = (day: Summary['days'][number] | undefined) =>
    day ? `${share(day.resolution_rate)} on ${shortDay(day.day)}` : ''
  return `Resolved without a person: lowest ${said(ordered[0])}, highest ${said(ordered.at(-1))}, last ${said(known.at(-1))}`
}
