// Everything once more by intent, with the way it went.
import type { Summary, SummaryIntent } from './summary.ts'
import { costOfOne, count, dollars, share, shareOfUp, wait } from './words.ts'

export function IntentsTable({ summary: { intents, goals, days } }: { summary: Summary }) {
  const goal = goals.resolution_rate
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- whoever has no pointer scrolls it with the keys
    <section className="by-intent" tabIndex={0} aria-label="By intent">
      <table>
        <thead>
          <tr>
            <th scope="col">Intent</th>
            <th scope="col">Conversations</th>
            <th scope="col">
              Without a person <span className="beside" />
            </th>
            <th scope="col">{days.length} days</th>
            <th scope="col">Wait</th>
            <th scope="col">Came back</th>
            <th scope="col">Cost</th>
            <th scope="col">Up</th>
          </tr>
        </thead>
        <tbody>
          {intents.map((intent) => (
            <tr key={intent.intent}>
              <th scope="row">{intent.intent}</th>
              <td>{count(intent.conversations)}</td>
              <td>
                <b>{share(intent.resolution_rate)}</b>
                <span className="beside">{besideOf(intent, goal)}</span>
              </td>
              <td className="way">
                <Way rates={intent.days} />
              </td>
              <td>{wait(intent.wait_p50_s)}</td>
              <td>{count(intent.came_back)}</td>
              <td>{dollars(costOfOne(intent))}</td>
              <td>{shareOfUp(intent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Who asks for a person gets one, so that intent has no goal to miss. */
function besideOf({ intent, resolution_rate }: SummaryIntent, goal: number): string {
  if (resolution_rate === null || resolution_rate >= goal) return ''
  return intent === 'escalation' ? 'by design' : `under ${share(goal, 0)}`
}

/** A small line without labels; days without a number are left out. */
function Way({ rates }: { rates: readonly (number | null)[] }) {
  const known = rates.flatMap((rate, index) => (rate === null ? [] : [{ rate, index }]))
  if (known.length < 2) return null
  const lowest = Math.min(...known.map(({ rate }) => rate))
  const range = Math.max(...known.map(({ rate }) => rate)) - lowest || 1
  const points = known.map(({ rate, index }) => {
    const x = (100 * index) / Math.max(1, rates.length - 1)
    return `${x.toFixed(1)} ${(18 - (16 * (rate - lowest)) / range).toFixed(1)}`
  })
  return (
    <svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M${points.join(' L')}`} />
    </svg>
  )
}
