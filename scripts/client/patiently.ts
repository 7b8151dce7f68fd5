// Sends again what could not be sent: with a client's own message ids a repeat is answered with the first outcome.
import { setTimeout as sleep } from 'node:timers/promises'
import { isPassing, Refused } from './problem.ts'

/** How long to go on, and who is told. */
export interface Patience {
  /** Milliseconds from the first try until the last error is thrown. */
  within: number
  signal?: AbortSignal
  /** Called before each pause. */
  onPause?: (error: unknown, seconds: number) => void
}

const LONGEST_PAUSE = 5_000

/** Tries until it works, fails for good, or the patience ends; then it throws the last error. Honours `Retry-After`. */
export async function patiently<T>(attempt: () => Promise<T>, { within, signal, onPause }: Patience): Promise<T> {
  const deadline = Date.now() + within
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const asked = error instanceof Refused ? error.retryAfter : undefined
      const pause = asked === undefined ? Math.min(LONGEST_PAUSE, 250 * 2 ** tries) : asked * 1_000
      if (!isPassing(error) || signal?.aborted === true || Date.now() + pause > deadline) throw error
      onPause?.(error, pause / 1_000)
      await sleep(pause, undefined, signal === undefined ? {} : { signal })
    }
  }
}
