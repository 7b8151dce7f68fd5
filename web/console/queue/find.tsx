// Search and filters. The search asks a moment after the last letter.
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../keys/use-keys.ts'
import { Icon } from '../parts/icon.tsx'
import { FilterFields } from './filter-fields.tsx'
import { type Filters, isFiltered } from './queue-types.ts'

const MOMENT = 250

export function Find({
  filters,
  change,
  intents,
}: {
  filters: Filters
  change: (filters: Filters) => void
  intents: string[]
}) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(filters.q)
  const [open, setOpen] = useState(false)
  const latest = useRef({ filters, change })
  useEffect(() => {
    latest.current = { filters, change }
  })
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = latest.current
      if (now.filters.q !== text.trim()) now.change({ ...now.filters, q: text.trim() })
    }, MOMENT)
    return () => clearTimeout(timer)
  }, [text])
  useKeys({ '/': () => field.current?.focus(), f: () => setOpen(!open) })
  const chosen = isFiltered({ ...filters, q: '' })
  return (
    <>
      <div className="find">
        <label>
          <Icon name="search" />
          <span className="vh">Search conversations</span>
          <input
            ref={field}
            type="search"
            placeholder="Name, order, ticket"
            value={text}
            maxLength={100}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              setText('')
              event.currentTarget.blur()
            }}
          />
          <kbd aria-hidden="true">/</kbd>
        </label>
        <button
          type="button"
          className="btn icon"
          aria-label={chosen ? 'Filter, in use' : 'Filter'}
          aria-expanded={open}
          aria-pressed={chosen}
          onClick={() => setOpen(!open)}
        >
          <Icon name="filter" />
        </button>
      </div>
      {open && <FilterFields filters={filters} change={change} intents={intents} />}
    </>
  )
}
