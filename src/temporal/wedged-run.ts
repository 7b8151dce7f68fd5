// A run can get into a state that no retry of its workflow task leads out of: a history that no longer fits the code, or one so
// long that replaying it takes longer than a task may. And it can be deaf: after an older copy of Temporal's database was put
// back, a worker that remembers more of the run than the copy takes new signals for those it has had.
// Ending it is always safe: the next run begins by asking the store.
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { workflowId } from '../workflows/messages.ts'

/** The tasks that failed in a row and make a wedge; one that only waits for a worker has not failed. */
const HOPELESS = 2
/** Events looked at, from the last one back: rings in between take most of them. */
const TAIL = 100
/** Of Temporal's timeouts the one of a task that a worker had begun; the other is of a sticky queue without its worker. */
const START_TO_CLOSE = 1

/**
 * For a conversation that was rung and has not asked the store since. Terminates its run if its workflow task fails again and
 * again, or if it is at rest all the same; true when it did.
 */
export async function endWedgedRun(client: Client, conversationId: string): Promise<boolean> {
  try {
    const { raw, runId, status } = await client.workflow.getHandle(workflowId(conversationId)).describe()
    if (status.name !== 'RUNNING') return false
    const deaf = !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === 0
    // A signal starts the count of attempts anew, and whoever waits is rung: so the history is counted too.
    const attempts = (raw.pendingWorkflowTask?.attempt ?? 1) - 1
    if (!deaf && Math.max(attempts, await failedInARow(client, conversationId, runId)) < HOPELESS) return false
    await client.workflow
      .getHandle(workflowId(conversationId), runId)
      .terminate(deaf ? 'it hears no bell' : 'its workflow task failed again and again')
    return true
  } catch (error) {
    // Never started, or over in the meantime: the ring starts one.
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/** Workflow tasks that failed or were started and timed out since the last one that was completed. */
async function failedInARow(client: Client, conversationId: string, runId: string): Promise<number> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId: workflowId(conversationId), runId },
    maximumPageSize: TAIL,
  })
  const events = history?.events ?? []
  const completed = events.findIndex((event) => event.workflowTaskCompletedEventAttributes)
  const since = completed === -1 ? events : events.slice(0, completed)
  return since.filter(
    ({ workflowTaskFailedEventAttributes: failed, workflowTaskTimedOutEventAttributes: timedOut }) =>
      failed || Number(timedOut?.timeoutType) === START_TO_CLOSE,
  ).length
}
