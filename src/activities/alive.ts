// Signs of life while a step waits for the outside: to Temporal every second, so that a dead worker is noticed within
// seconds, and to the store every five, so that the relay knows the turn is in somebody's hands.
import { Context } from '@temporalio/activity'
import { turnAlive } from '../kernel/turn-alive.ts'
import type { ActivityDeps } from './deps.ts'
import type { TurnRef } from './types.ts'

const EVERY = 1000
const STORE_EVERY = 5

export async function whileAlive<T>(deps: ActivityDeps, ref: TurnRef | null, work: () => Promise<T>): Promise<T> {
  const context = Context.current()
  // A local activity lives inside a workflow task, whose timeout is its sign of life.
  if (context.info.isLocal) return work()
  let beats = 0
  // The first sign comes after a second: Temporal counts from the start of the attempt, and most steps are over by then.
  const timer = setInterval(() => {
    context.heartbeat()
    beats += 1
    if (ref && beats % STORE_EVERY === 0) {
      // A missed sign costs at most one bell too many.
      turnAlive(deps.kernel, ref).catch((error: unknown) =>
        deps.logger.warn({ err: error }, 'sign of life not written'),
      )
    }
  }, EVERY)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
