// What one conversation cost, mean per day.
import { useState } from 'react'
import { DayPlot } from './day-plot.tsx'
import { Figure } from './figure.tsx'
import { scaleOfAmounts } from './scale.ts'
import type { Summary } from './summary.ts'
import { costOfOne, costWords, dollars, shortDay } from './words.ts'

export function CostFigure({ summary: { days, totals, goals } }: { summary: Summary }) {
  const [pointed, setPointed] = useState<number | null>(null)
  const means = days.map(costOfOne)
  const day = pointed === null ? undefined : days[pointed]
  const mean = costOfOne(totals)
  return (
    <Figure
      title="Cost of a conversation"
      caption={
        day
          ? `${shortDay(day.day)}: ${dollars(costOfOne(day))}, all ${dollars(Number(day.cost_usd))}`
          : `mean per day, limit $${goals.cost_usd.toFixed(2)}`
      }
      numbers={{
        columns: ['Day', 'Conversations', 'Mean', 'All'],
        rows: days.map((each) => [
          shortDay(each.day),
          `${each.conversations}`,
          dollars(costOfOne(each)),
          dollars(Number(each.cost_usd)),
        ]),
      }}
    >
      <DayPlot
        days={days.map(({ day }) => day)}
        series={[{ look: 'bars', values: means }]}
        scale={scaleOfAmounts(means)}
        label={(value) => (value === 0 ? '0' : dollars(value).replace(/(\.\d*?)0+$/, '$1'))}
        size="low"
        named={3}
        description={`Cost of a conversation: ${mean === null ? 'nothing was counted' : `${costWords(mean)} in the mean`}`}
        onPoint={setPointed}
      />
    </Figure>
  )
}
