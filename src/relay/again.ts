// The heartbeat of everything that runs beside the conversations: one look after the other, and a rest between them.

export type Repeated = {
  /** Resolves to the rest before the next look, in milliseconds; nothing means `every`. */
  look: () => Promise<number | void>
  /** Milliseconds. */
  every: number
  /** Rest before the first look (`every`). */
  first?: number
  /** Told of a look that failed; the next one comes after `every`. */
  onError: (error: unknown) => void
}

/** Begins at once with a rest; `stop` resolves when a look that runs is over. */
export function again({ look, every, first = every, onError }: Repeated): { stop: () => Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking = Promise.resolve()
  const next = (rest: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => onError(error))
        .then((pause) => next(pause ?? every))
    }, rest)
  }
  next(first)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}
