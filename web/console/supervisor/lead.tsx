// The page in one sentence: its three numbers, and what they were counted from.
import { useSession } from '../session.ts'
import type { Summary } from './summary.ts'
import { costOfOne, costWords, count, dayRange, wait } from './words.ts'

export function Lead({ summary: { totals, days, from, to } }: { summary: Summary }) {
  const cost = costOfOne(totals)
  const { config } = useSession()
  return (
    <div>
      <h1>
        <Resolved rate={totals.resolution_rate} /> <Waited seconds={totals.wait_p50_s} />{' '}
        {cost === null ? null : (
          <>
            One conversation cost <b>{costWords(cost)}</b>.
          </>
        )}
      </h1>
      <p>
        {dayRange(days[0]?.day ?? from, days.at(-1)?.day ?? to)}, {count(totals.conversations)} conversations, counted
        after their quiet time. The wait is the median.
        {totals.rating_mean === null ? '' : ` Customers gave ${totals.rating_mean.toFixed(1)} of 5.`}
        {config.rehearsal ? ' The model is a scripted rehearsal partner.' : ''}
      </p>
    </div>
  )
}

function Resolved({ rate }: { rate: number | null }) {
  if (rate === null) return <>No conversation has passed its quiet time yet.</>
  return (
    <>
      <b>{Math.round(rate * 100)} of 100</b> conversations ended without a person.
    </>
  )
}

function Waited({ seconds }: { seconds: number | null }) {
  if (seconds === null) return <>Nobody needed one.</>
  return (
    <>
      Those who asked for one waited <b>{wait(seconds)}</b>.
    </>
  )
}
