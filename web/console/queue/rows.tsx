// The rows in sight. All have one height, so that a thousand cost as much as twenty. Gaps are drawn as empty graphics, whose
// height is an attribute: the policy of the page knows no inline style.
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useKeys } from '../keys/use-keys.ts'
import type { Queue, QueueState } from './queue-store.ts'
import { Row } from './row.tsx'
import { visibleRange } from './visible-range.ts'

/** Of queue.css, in rem. */
const ROW_REM = 5

export function Rows({ queue, state, current }: { queue: Queue; state: QueueState; current: string | null }) {
  const list = useRef<HTMLDivElement>(null)
  const { rows, view, more, counts, news } = state
  const [place, setPlace] = useState({ top: 0, height: 900, row: 80 })
  const [cursor, setCursor] = useState<string | null>(null)
  const { first, end } = visibleRange({ ...place, count: rows.length })
  const stop = Math.max(
    0,
    rows.findIndex(({ key, conversation_id }) => key === cursor || (cursor === null && conversation_id === current)),
  )
  const focusRow = useRowFocus(
    list,
    rows.map(({ key }) => key),
    place.row,
  )
  const step = (by: number) => {
    const inList = list.current?.contains(document.activeElement) ?? false
    const next = Math.min(rows.length - 1, Math.max(0, inList || cursor !== null ? stop + by : stop))
    setCursor(rows[next]?.key ?? null)
    focusRow(next)
  }
  useKeys({ j: () => step(1), k: () => step(-1) })
  useKeys({ ArrowDown: () => step(1), ArrowUp: () => step(-1) }, list)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const measure = () => setPlace(measured(element))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (more && end >= rows.length) queue.readMore()
  }, [queue, more, end, rows.length])
  const size = more ? Math.max(counts?.[view] ?? 0, rows.length) : rows.length
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- notices only that somebody looks at it
    <div
      ref={list}
      className="rows"
      onScroll={(event) => setPlace(measured(event.currentTarget))}
      onPointerEnter={() => queue.hold(true)}
      onPointerLeave={() => queue.hold(list.current?.contains(document.activeElement) ?? false)}
      onFocus={(event) => {
        queue.hold(true)
        setCursor(event.target.closest('[data-key]')?.getAttribute('data-key') ?? null)
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) queue.hold(event.currentTarget.matches(':hover'))
      }}
    >
      <Gap height={first * place.row} />
      <ul>
        {rows.slice(first, end).map((row, index) => (
          <Row
            key={row.key}
            row={row}
            place={{
              view,
              position: first + index + 1,
              size,
              current: row.conversation_id === current,
              stop: first + index === stop,
              gone: news?.gone.has(row.key) ?? false,
            }}
          />
        ))}
      </ul>
      <Gap height={(rows.length - end) * place.row} />
    </div>
  )
}

function Gap({ height }: { height: number }) {
  return <svg className="gap" width="1" height={height} aria-hidden="true" />
}

function measured(list: HTMLElement) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return { top: list.scrollTop, height: list.clientHeight, row: ROW_REM * rem }
}

/** Focuses a row, also one that scrolling brings into the page first. */
function useRowFocus(list: RefObject<HTMLDivElement | null>, keys: string[], row: number): (index: number) => void {
  return (index) => {
    const element = list.current
    const key = keys[index]
    if (!element || key === undefined) return
    const top = index * row
    if (top < element.scrollTop) element.scrollTop = top
    if (top + row > element.scrollTop + element.clientHeight) element.scrollTop = top + row - element.clientHeight
    const find = () => element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
    const found = find()
    if (found) found.focus()
    else requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()))
  }
}
