// Sets the gauges that are counted in the store; read when somebody looks at the metrics, not all the time.
import { countAlerts } from '../kernel/reads/alerts.ts'
import { openConversations, overdueMessages, resolutionRates, turnsInFlight } from '../kernel/reads/load.ts'
import type { ApiDeps } from './deps.ts'

/** With the store down the metrics page still answers; its gauges keep their last values. */
export async function readLoad({ kernel, metrics, logger }: ApiDeps): Promise<void> {
  try {
    const [conversations, overdue, turns, rates, alerts] = await Promise.all([
      openConversations(kernel),
      overdueMessages(kernel),
      turnsInFlight(kernel),
      resolutionRates(kernel),
      countAlerts(kernel),
    ])
    for (const [status, count] of Object.entries(conversations)) metrics.conversationsOpen.set({ status }, count)
    for (const [kind, count] of Object.entries(alerts)) metrics.alerts.set({ kind }, count)
    metrics.messagesOverdue.set(overdue)
    metrics.turnsInFlight.set(turns.count)
    for (const { intent, rate } of rates) metrics.resolutionRate.set({ intent }, rate)
  } catch (error) {
    logger.warn({ err: error }, 'could not count for the metrics')
  }
}
