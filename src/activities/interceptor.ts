// Every activity's frame: its duration and failure in the log with the ids, and only a code of the failure in history.
import type { Context } from '@temporalio/activity'
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker'
import type { Logger } from '../telemetry/logger.ts'
import { logFor } from '../telemetry/logger.ts'
import { classify, recordedFailure } from './failures.ts'

export function activityFrame(context: Context, logger: Logger): { inbound: ActivityInboundCallsInterceptor } {
  return {
    inbound: {
      async execute(input, next) {
        const started = performance.now()
        const { activityType, attempt } = context.info
        // Until tracing comes, the run is the trace: its id finds the story in the Temporal Web UI.
        const trace = context.info.workflowExecution?.runId.replaceAll('-', '')
        const log = logFor(logger, { ...idsOf(input.args[0]), ...(trace === undefined ? {} : { trace }) })
        try {
          const result = await next(input)
          log.debug({ activity: activityType, attempt, ms: Math.round(performance.now() - started) }, 'activity done')
          return result
        } catch (error) {
          if (context.cancellationSignal.aborted) log.info({ activity: activityType, attempt }, 'activity cancelled')
          else log.warn({ activity: activityType, attempt, failure: classify(error), err: error }, 'activity failed')
          throw recordedFailure(error)
        }
      },
    },
  }
}

function idsOf(input: unknown): { conversation?: string; turn?: number } {
  if (input === null || typeof input !== 'object') return {}
  const { conversationId, turn } = input as { conversationId?: unknown; turn?: unknown }
  return {
    ...(typeof conversationId === 'string' ? { conversation: conversationId } : {}),
    ...(typeof turn === 'number' ? { turn } : {}),
  }
}
