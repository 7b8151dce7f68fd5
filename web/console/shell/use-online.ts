import { useSyncExternalStore } from 'react'

/** What the browser knows of the network; false is certain, true is not. */
export const useOnline = (): boolean => useSyncExternalStore(watch, () => navigator.onLine)

function watch(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
