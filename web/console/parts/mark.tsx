import { createElement } from 'react'
import { MARK } from '../../shared/icons.ts'

/** The lamp and the name. */
export function Mark() {
  return (
    <span className="mark">
      <svg viewBox="0 0 22 22" aria-hidden="true">
        {MARK.map(([tag, { class: className, ...shape }]) =>
          createElement(tag, { key: className, className, ...shape }),
        )}
      </svg>
      <span>everdesk</span>
    </span>
  )
}
