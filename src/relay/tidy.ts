// Keeps what nobody needs any more from piling up: asks again and again for the removal of what is old enough. Nothing depends
// on it, so a failure is a line in the log and the next look tries again; several workers may do it at once.
import type { Logger } from '../telemetry/logger.ts'
import { again } from './again.ts'

export type TidyOptions = {
  /** For the log: what is removed. */
  what: string
  /** Removes some of what is from before, and says how many. */
  remove: (before: Date, most: number) => Promise<number>
  /** Milliseconds that it is kept. */
  keep: number
  logger: Logger
  /** Milliseconds between looks when there is nothing left (10,000). */
  every?: number
}

/** Deletions a look: with the pause behind it at most 50 a second and worker. */
const MOST = 50
const PAUSE = 1000

/** Begins after one pause; `stop` resolves when a look that runs is over. */
export function startTidying({ what, remove, keep, logger, every = 10_000 }: TidyOptions): {
  stop: () => Promise<void>
} {
  return again({
    async look() {
      const removed = await remove(new Date(Date.now() - keep), MOST)
      return removed < MOST ? every : PAUSE
    },
    every,
    first: Math.min(every, PAUSE),
    onError: (error) => logger.warn({ err: error, what }, 'what is old could not be removed'),
  })
}
