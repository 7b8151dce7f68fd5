// A value that others watch: the whole of our state handling.

export type Watched<T> = {
  get: () => T
  /** Watchers are told unless the value is the same. */
  set: (value: T) => void
  update: (change: (value: T) => T) => void
  /** Returns how to stop watching. */
  watch: (listener: () => void) => () => void
}

export function watched<T>(initial: T): Watched<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
