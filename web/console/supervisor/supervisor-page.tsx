// How the desk does: one sentence with three numbers, then a ruled page of small charts, per day and intent [H5].
import { useState } from 'react'
import { clockTime } from '../../shared/times.ts'
import { CostFigure } from './cost-figure.tsx'
import { FeedbackFigure } from './feedback-figure.tsx'
import { IntentsTable } from './intents-table.tsx'
import { Lead } from './lead.tsx'
import { ReasonsFigure } from './reasons-figure.tsx'
import { ResolutionFigure } from './resolution-figure.tsx'
import { useSession } from '../session.ts'
import type { Summary, SummaryQuery } from './summary.ts'
import { useSummary, type SummaryState } from './use-summary.ts'
import { WaitingFigure } from './waiting-figure.tsx'
import './supervisor.css'

const SPANS = [7, 14, 30, 90]
const FIRST: SummaryQuery = { days: 14, intent: '' }

/** Needs the role supervisor; the API refuses others. */
export function SupervisorPage() {
  const { api } = useSession()
  const [query, setQuery] = useState(FIRST)
  const { retry, ...state } = useSummary(api, query)
  const { summary, loading } = state
  // All intents stay to be chosen while one of them is shown alone.
  const [known, setKnown] = useState<string[]>([])
  const seen = summary?.intents.map(({ intent }) => intent) ?? []
  if (seen.some((intent) => !known.includes(intent))) setKnown([...new Set([...known, ...seen])])
  return (
    <main className="supervisor" aria-busy={loading}>
      <div className="supervisor-page">
        <div className="lead">
          {summary ? <Lead summary={summary} /> : <Waiting state={state} />}
          <Filters query={query} intents={known} onChange={setQuery} />
        </div>
        {state.failure ? <Failure failure={state.failure} readAt={state.readAt} onRetry={retry} /> : null}
        {summary ? <Figures summary={summary} /> : null}
      </div>
    </main>
  )
}

function Figures({ summary }: { summary: Summary }) {
  if (summary.totals.conversations === 0) return null
  return (
    <>
      <div className="ruled first">
        <ResolutionFigure summary={summary} />
        <ReasonsFigure summary={summary} />
      </div>
      <div className="ruled second">
        <WaitingFigure summary={summary} />
        <CostFigure summary={summary} />
        <FeedbackFigure summary={summary} />
      </div>
      <IntentsTable summary={summary} />
    </>
  )
}

interface FiltersProps {
  query: SummaryQuery
  intents: readonly string[]
  onChange: (query: SummaryQuery) => void
}

function Filters({ query, intents, onChange }: FiltersProps) {
  return (
    <div className="report-filters">
      <select
        className="btn"
        aria-label="Days"
        value={query.days}
        onChange={({ target }) => onChange({ ...query, days: Number(target.value) })}
      >
        {SPANS.map((days) => (
          <option key={days} value={days}>
            {days} days
          </option>
        ))}
      </select>
      <select
        className="btn"
        aria-label="Intent"
        value={query.intent}
        onChange={({ target }) => onChange({ ...query, intent: target.value })}
      >
        <option value="">All intents</option>
        {intents.map((intent) => (
          <option key={intent}>{intent}</option>
        ))}
      </select>
    </div>
  )
}

/** Grey bars where the sentence will be; nothing when reading failed, since that is said below. */
function Waiting({ state }: { state: SummaryState }) {
  return (
    <div>
      <h1 className="vh">Supervisor</h1>
      {state.failure ? null : (
        <>
          <p className="skel wide" />
          <p className="skel" />
        </>
      )}
    </div>
  )
}

interface FailureProps {
  failure: { message: string; code: string }
  readAt: number | undefined
  onRetry: () => void
}

function Failure({ failure, readAt, onRetry }: FailureProps) {
  const asOf = readAt === undefined ? '' : ` These numbers are as of ${clockTime(new Date(readAt).toISOString())}.`
  return (
    <output className="failure">
      The numbers could not be read: {failure.message}
      {asOf}{' '}
      <button type="button" className="btn" onClick={onRetry}>
        Try again
      </button>{' '}
      <small className="quiet">{failure.code}</small>
    </output>
  )
}
