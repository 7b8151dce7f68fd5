// A dev server can live and do nothing any more: frozen for seconds, its SQLite answers every later operation with "interrupted".
// Its process does not end by that, so somebody must ask.
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'

export type HealthWatch = {
  address: string
  namespace: string
  /** Milliseconds without one good answer that prove it. */
  patience: number
  /** Ends the watch. */
  signal: AbortSignal
}

const NOT_FOUND = 5

/** Resolves with true when nothing was answered for so long, with false when the watch was ended. */
export async function becomesUnwell({ address, namespace, patience, signal }: HealthWatch): Promise<boolean> {
  const connection = Connection.lazy({ address })
  try {
    for (let wellAt = Date.now(); !signal.aborted; await rest(patience / 5, signal)) {
      if (await answers(connection, namespace, patience / 4)) wellAt = Date.now()
      else if (Date.now() - wellAt > patience) return !signal.aborted
    }
    return false
  } finally {
    await connection.close().catch(() => undefined)
  }
}

/** Asks for a run that nobody has: its absence can be told only by reading the database. */
async function answers(connection: Connection, namespace: string, within: number): Promise<boolean> {
  const execution = { workflowId: 'health' }
  try {
    await connection.withDeadline(Date.now() + within, () =>
      connection.workflowService.describeWorkflowExecution({ namespace, execution }),
    )
    return true
  } catch (error) {
    // A server that has lost its database does not find the namespace either.
    return error instanceof Error && 'code' in error && error.code === NOT_FOUND && !/namespace/i.test(error.message)
  }
}

const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined)
