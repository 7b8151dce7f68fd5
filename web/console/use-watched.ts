import { useSyncExternalStore } from 'react'
import type { Watched } from '../shared/watched.ts'

/** The value, kept current. */
export function useWatched<T>(value: Watched<T>): T {
  return useSyncExternalStore(value.watch, value.get)
}

/** A part of the value; the component renders again only when that part changes, so it must not be made anew each time. */
export function usePart<T, Part>(value: Watched<T>, part: (whole: T) => Part): Part {
  return useSyncExternalStore(value.watch, () => part(value.get()))
}
