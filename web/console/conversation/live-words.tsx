import { useEffect, useRef } from 'react'
import type { LiveTexts } from './live-texts.ts'

/** A text that is being written: one text node, changed at most once a frame. */
export function LiveWords({ live, id }: { live: LiveTexts; id: string }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const node = document.createTextNode(live.textOf(id))
    place.current?.replaceChildren(node)
    let frame = 0
    const stop = live.onPiece(() => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        node.data = live.textOf(id)
      })
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [live, id])
  return (
    <p className="words" dir="auto" aria-busy="true">
      <span ref={place} />
      <span className="caret" aria-hidden="true" />
    </p>
  )
}
