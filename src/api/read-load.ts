// Sets the gauges that are counted in the store; read when somebody looks at the metrics, not all the time.
import { openConversations, overdueMessages, resolutionRates, turnsInFlight } from '../kernel/reads/load.ts'
import type { ApiDeps } from './deps.ts'

/** With the store down the metrics page still answers; its gauges keep their last values. */
export async function readLoad({ kernel, metrics, logger }: ApiDeps): Promise<void> {
  try {
    const [conversations, overdue, turns, rates] = await Promise.all([
      openConversations(kernel),
      overdueMessages(kernel),
      turnsInFlight(kernel),
      resolutionRates(kernel),
    ])
    for (const [status, count] of Object.entries(conversations)) metrics.conversationsOpen.set({ status }, count)
    metrics.messagesOverdue.set(overdue)
    metrics.turnsInFlight.set(turns)
    for (const { intent, rate } of rates) metrics.resolutionRate.set({ intent }, rate)
  } catch (error) {
    logger.warn({ err: error }, 'could not count for the metrics')
  }
}
