import { type RefObject, useEffect, useRef } from 'react'
import { addLayer, type Bindings } from './key-layers.ts'

/** Binds keys while the component is there; with `within` only while the focus is inside of it. */
export function useKeys(bindings: Bindings, within?: RefObject<Element | null>): void {
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => addLayer({ bindings: () => latest.current, within: within && (() => within.current) }), [within])
}
