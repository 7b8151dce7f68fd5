// Keeps the end of the transcript in sight, but only for who is there already.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR = 40

export type Bottom = {
  /** The element that scrolls. */
  scroll: RefObject<HTMLDivElement | null>
  /** How many entries came below what is in sight. */
  below: number
  toBottom: () => void
  onScroll: () => void
}

/** `count` entries in the element; `onPiece` tells of text that grows between them. */
export function useBottom(count: number, onPiece: (listener: () => void) => () => void): Bottom {
  const scroll = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ bottom: true, seen: count })
  const { bottom, seen } = place
  const toEnd = useCallback(() => {
    const it = scroll.current
    if (it) it.scrollTop = it.scrollHeight
  }, [])
  useLayoutEffect(() => {
    if (bottom) toEnd()
  })
  useEffect(
    () =>
      onPiece(() => {
        if (bottom) requestAnimationFrame(toEnd)
      }),
    [onPiece, bottom, toEnd],
  )
  return {
    scroll,
    below: bottom ? 0 : Math.max(0, count - seen),
    toBottom: () => {
      toEnd()
      setPlace({ bottom: true, seen: count })
    },
    onScroll: () => {
      const it = scroll.current
      if (!it) return
      const isBottom = it.scrollHeight - it.scrollTop - it.clientHeight < NEAR
      if (isBottom !== bottom) setPlace({ bottom: isBottom, seen: count })
    },
  }
}
