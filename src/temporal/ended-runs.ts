// Runs that are over are history for operators only: the store holds what is. So they are deleted from Temporal after a while,
// which may be sooner than its namespace would (a day at least on many servers).
import type { Client } from '@temporalio/client'
import { WORKFLOW_TYPE } from '../workflows/messages.ts'

export type DeletionRequest = {
  client: Client
  namespace: string
  /** Runs that ended before. */
  before: Date
  /** No more than so many at once: a deletion is work for Temporal's database. */
  most: number
}

/**
 * Deletes runs of conversations that ended, those ended by continue-as-new too, and returns how many it asked for. Temporal
 * carries it out a moment later; asking twice changes nothing. A run that goes on is never named.
 */
export function deleteEndedRuns(request: DeletionRequest): Promise<number> {
  return request.client.withDeadline(Date.now() + DELETE_WITHIN_MS, () => deleteSome(request))
}
/** A worker that stops waits for it. */
const DELETE_WITHIN_MS = 4000

async function deleteSome({ client, namespace, before, most }: DeletionRequest): Promise<number> {
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus != 'Running' AND CloseTime < '${before.toISOString()}'`
  const { executions } = await client.workflowService.listWorkflowExecutions({ namespace, query, pageSize: most })
  // At once: on a busy PostgreSQL one deletion takes a quarter of a second.
  await Promise.all(
    executions.map(async ({ execution }) => {
      try {
        if (execution) await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: execution })
      } catch (error) {
        // Another worker was first.
        if (!isGone(error)) throw error
      }
    }),
  )
  return executions.length
}

const NOT_FOUND = 5
const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === NOT_FOUND
