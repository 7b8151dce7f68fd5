import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import { REPLY_FIELD } from './reply-field.ts'

type Writing = {
  label: string
  placeholder: string
  text: string
  write: (text: string) => void
  send: () => void
  disabled?: boolean
  /** Keys it knows before the field does. */
  onKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  children: ReactNode
}

const MOST_ROWS = 8

/** A field that grows with its text, and the button beside it. ⌘ or Ctrl Enter sends. */
export function TextBox({ label, placeholder, text, write, send, disabled, onKey, children }: Writing) {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const it = field.current
    if (!it) return
    // Rows, because the policy of the page knows no inline height.
    it.rows = 1
    while (it.rows < MOST_ROWS && it.scrollHeight > it.clientHeight + 2) it.rows += 1
  })
  return (
    <div className="box">
      <textarea
        id={REPLY_FIELD}
        ref={field}
        rows={1}
        dir="auto"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={5000}
        disabled={disabled}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault()
            send()
          } else if (event.key === 'Escape') {
            // Leaves the field, and nothing else.
            event.preventDefault()
            event.currentTarget.blur()
          } else onKey?.(event)
        }}
      />
      {children}
    </div>
  )
}
