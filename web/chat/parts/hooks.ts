// The two hooks of the chat: watching a value, and noticing that something has lasted.
import { useEffect, useState } from 'preact/hooks'
import type { Watched } from '../../shared/watched.ts'

export function useWatched<T>(source: Watched<T>): T {
  const [value, show] = useState(source.get())
  useEffect(() => {
    show(() => source.get())
    return source.watch(() => show(() => source.get()))
  }, [source])
  return value
}

/** True once `holds` has been true for so many milliseconds. */
export function useLasting(holds: boolean, milliseconds: number): boolean {
  const [lasted, setLasted] = useState(false)
  useEffect(() => {
    setLasted(false)
    if (!holds) return undefined
    const timer = setTimeout(() => setLasted(true), milliseconds)
    return () => clearTimeout(timer)
  }, [holds, milliseconds])
  return holds && lasted
}

/** What the browser says about the network. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return online
}
