import { useEffect, useRef } from 'react'
import { plain, REASON_CODES, reasonWords } from '../parts/words.ts'
import { type Filters, isFiltered, NO_FILTERS } from './queue-types.ts'

const PRIORITIES = ['urgent', 'high', 'normal', 'low']
const CHANNELS = ['web', 'email', 'voice', 'api']

type Field = { name: keyof Filters; label: string; options: [string, string][] }

/** Narrows the queue by what is known of each conversation. */
export function FilterFields({
  filters,
  change,
  intents,
}: {
  filters: Filters
  change: (filters: Filters) => void
  intents: string[]
}) {
  const first = useRef<HTMLSelectElement>(null)
  useEffect(() => first.current?.focus(), [])
  const fields: Field[] = [
    { name: 'reason', label: 'Reason', options: REASON_CODES.map((code) => [code, reasonWords(code).words]) },
    { name: 'priority', label: 'Priority', options: PRIORITIES.map((code) => [code, plain(code)]) },
    { name: 'channel', label: 'Channel', options: CHANNELS.map((code) => [code, plain(code)]) },
    { name: 'intent', label: 'Intent', options: intents.map((code) => [code, code]) },
  ]
  return (
    <fieldset className="filters">
      <legend className="vh">Filters</legend>
      {fields.map(({ name, label, options }, index) => (
        <label key={name}>
          <span>{label}</span>
          <select
            ref={index === 0 ? first : undefined}
            value={filters[name]}
            onChange={(event) => change({ ...filters, [name]: event.target.value })}
          >
            <option value="">Any</option>
            {options.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      {isFiltered({ ...filters, q: '' }) && (
        <button type="button" className="btn bare" onClick={() => change({ ...NO_FILTERS, q: filters.q })}>
          Clear filters
        </button>
      )}
    </fieldset>
  )
}
