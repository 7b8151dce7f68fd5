// A run can get into a state that no retry of its workflow task leads out of: a history that no longer fits the code, or one so
// long that replaying it takes longer than a task may. Ending it is always safe: the next run begins by asking the store.
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { workflowId } from '../workflows/messages.ts'

/** The task's attempts that make a wedge; a task that only waits for a worker stays at its first. */
const HOPELESS = 3

/** Terminates the conversation's run if its workflow task fails again and again; true when it did. */
export async function endWedgedRun(client: Client, conversationId: string): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId(conversationId))
  try {
    const { raw, runId } = await handle.describe()
    if ((raw.pendingWorkflowTask?.attempt ?? 0) < HOPELESS) return false
    await client.workflow
      .getHandle(workflowId(conversationId), runId)
      .terminate('its workflow task failed again and again')
    return true
  } catch (error) {
    // Never started, or over in the meantime: the ring starts one.
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
