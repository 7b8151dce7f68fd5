// Chains the audit log, again and again, in every worker; the store lets one at a time. Now and then it logs where the chain ends:
// a head that stands in a log elsewhere is what shows later that the end of the table was cut off.
import { chainAudit, MOST_CHAINED } from '../kernel/chain-audit.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Logger } from '../telemetry/logger.ts'
import { again } from './again.ts'

export type ChainingOptions = {
  kernel: Kernel
  logger: Logger
  /** Milliseconds between looks (1,000). */
  every?: number
}

const LOG_HEAD_EVERY = 3_600_000

/** `stop` resolves when a look that runs is over. */
export function startChaining({ kernel, logger, every = 1000 }: ChainingOptions): { stop: () => Promise<void> } {
  let logged = { position: 0, at: -Infinity }
  const look = async (): Promise<number> => {
    const done = await chainAudit(kernel)
    if (!done) return every
    const { position, hash } = done.head
    if (position > logged.position && Date.now() - logged.at >= LOG_HEAD_EVERY) {
      logged = { position, at: Date.now() }
      logger.info({ position, hash }, 'the audit chain ends here')
    }
    return done.chained < MOST_CHAINED ? every : 0
  }
  return again({ look, every, onError: (error) => logger.warn({ err: error }, 'audit rows could not be chained') })
}
