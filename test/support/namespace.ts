// A Temporal namespace of its own for each harness: workers of two tests must not take each other's tasks.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'

/** Makes a fresh namespace on the server and returns its name once it can be used. */
export async function createNamespace(address: string): Promise<string> {
  const namespace = `test-${randomBytes(6).toString('hex')}`
  const connection = await Connection.connect({ address })
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    })
    const deadline = Date.now() + 30_000
    for (;;) {
      try {
        await connection.workflowService.describeNamespace({ namespace })
        await connection.workflowService.listWorkflowExecutions({ namespace })
        return namespace
      } catch (error) {
        if (Date.now() > deadline) throw error
        await sleep(100)
      }
    }
  } finally {
    await connection.close()
  }
}
