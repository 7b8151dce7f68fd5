// Timeout and retry of every activity, in one table. Temporal is the only one who retries.
// `startToClose` bounds one attempt, `scheduleToClose` all of them; where it is missing, the turn's deadline is the bound.
import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow'
import { ActivityCancellationType } from '@temporalio/workflow'

const retry = (maximumAttempts: number, initialInterval: number, maximumInterval = 10_000) => ({
  maximumAttempts,
  initialInterval,
  maximumInterval,
  backoffCoefficient: 2,
})

/** Local: a marker instead of three events. At most 2 s in all, and no unguarded effect in them (rule 8). */
export const LOCAL = {
  takeNext: { scheduleToCloseTimeout: 2000, retry: retry(3, 100) },
  quickRead: { scheduleToCloseTimeout: 1800, retry: retry(1, 100) },
  failTurn: { scheduleToCloseTimeout: 2000, retry: retry(3, 100) },
  operatorCommand: { scheduleToCloseTimeout: 2000, retry: retry(3, 100) },
} satisfies Record<string, LocalActivityOptions>

/** Regular: what may take long. A heartbeat every second lets another worker take over within about 4 s of a death. */
export const REGULAR = {
  // Nine seconds of trying: a model that fails at every second call is met, and one that is gone is told of soon.
  classify: { startToCloseTimeout: 20_000, heartbeatTimeout: 3000, retry: retry(6, 300) },
  answer: { startToCloseTimeout: 60_000, heartbeatTimeout: 3000, retry: retry(6, 300) },
  runRead: {
    startToCloseTimeout: 12_000,
    heartbeatTimeout: 3000,
    scheduleToCloseTimeout: 40_000,
    retry: retry(3, 500),
  },
  runWrite: {
    startToCloseTimeout: 15_000,
    heartbeatTimeout: 3000,
    scheduleToCloseTimeout: 50_000,
    retry: retry(12, 1000, 5000),
  },
  settleEffect: {
    startToCloseTimeout: 15_000,
    heartbeatTimeout: 3000,
    scheduleToCloseTimeout: 30_000,
    retry: retry(2, 1000),
  },
  summarise: {
    startToCloseTimeout: 30_000,
    heartbeatTimeout: 3000,
    scheduleToCloseTimeout: 120_000,
    retry: retry(2, 2000),
  },
} satisfies Record<string, ActivityOptions>

/** A cancelled model call is left at once; its late text is dropped by the floor. */
export const CANCELLATION = ActivityCancellationType.TRY_CANCEL
