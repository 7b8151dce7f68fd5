// New messages are refused while too many wait: 503 is more honest than a queue nobody will see the end of.
import type { Kernel } from '../kernel/kernel.ts'
import { backlog } from '../kernel/reads/load.ts'
import { unavailable } from './problem.ts'

const COUNT_FOR = 250
const RETRY_AFTER = 30

/** Resolves while there is room. Throws Refusal temporarily_unavailable. The count is at most 250 ms old. */
export function createBacklogGuard(kernel: Kernel, most: number): () => Promise<void> {
  let counted: { at: number; waiting: Promise<number> } | undefined
  return async () => {
    const now = Date.now()
    if (!counted || now - counted.at > COUNT_FOR) counted = { at: now, waiting: backlog(kernel, most) }
    const current = counted
    const waiting = await current.waiting.catch((error: unknown) => {
      // A store that is back must not be taken for one that is away.
      if (counted === current) counted = undefined
      throw error
    })
    if (waiting >= most) {
      throw unavailable('Too many messages wait for an answer. Try again later.', RETRY_AFTER)
    }
  }
}
