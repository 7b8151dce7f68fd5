/** Rows beyond the window that are there already, so that scrolling shows no gaps. */
const SPARE = 8

/** Which rows of fixed height are worth being in the page: from `first`, up to `end`. */
export function visibleRange(view: { top: number; height: number; row: number; count: number }) {
  const { top, height, row, count } = view
  const first = Math.max(0, Math.min(count, Math.floor(top / row)) - SPARE)
  const end = Math.min(count, Math.ceil((top + height) / row) + SPARE)
  return { first, end }
}
