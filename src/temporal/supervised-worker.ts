// A Temporal worker that outlives its server: when polling ends by itself (the server was emptied, replaced or away too long),
// a new one is made, with back-off.
import { setTimeout as sleep } from 'node:timers/promises'
import { NativeConnection, type Worker } from '@temporalio/worker'

export type SupervisedWorker = {
  /** Resolves when the first worker polls; rejects when it could not be made. */
  started: Promise<void>
  /** Lets running work end within its grace time and closes the connection. */
  stop: () => Promise<void>
}

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000
/** A worker that ran this long was healthy: the next pause is short again. */
const HEALTHY = 60_000

export function superviseWorker(request: {
  address: string
  /** Makes a worker on a fresh connection; called again after each loss. */
  create: (connection: NativeConnection) => Promise<Worker>
  /** Told when polling ended by itself, before a new worker is made. */
  onLost: (error: unknown) => void
}): SupervisedWorker {
  const stopping = new AbortController()
  let current: Worker | null = null
  let announce: { resolve: () => void; reject: (error: unknown) => void }
  const started = new Promise<void>((resolve, reject) => {
    announce = { resolve, reject }
  })

  const runOne = async (): Promise<void> => {
    const connection = await NativeConnection.connect({ address: request.address })
    try {
      const worker = await request.create(connection)
      current = worker
      const running = worker.run()
      announce.resolve()
      if (stopping.signal.aborted) shutDown(worker)
      await running
    } finally {
      current = null
      // Broken already when the server is gone.
      await connection.close().catch(() => undefined)
    }
  }
  const runAll = async (): Promise<void> => {
    let pause = FIRST_PAUSE
    while (!stopping.signal.aborted) {
      const began = Date.now()
      try {
        await runOne()
      } catch (error) {
        announce.reject(error)
        if (stopping.signal.aborted) return
        request.onLost(error)
      }
      pause = Date.now() - began > HEALTHY ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const all = runAll()
  return {
    started,
    async stop() {
      stopping.abort()
      if (current) shutDown(current)
      await all
    },
  }
}

function shutDown(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown()
}
