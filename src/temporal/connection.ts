// Connecting to Temporal with patience at start and one clear line when nobody answers.
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'

/** Nobody speaks Temporal at the address, or it has no such namespace; the message says what to do. */
export class TemporalUnreachable extends Error {
  override name = 'TemporalUnreachable'
}

/** Where Temporal is and how long to try. */
export type TemporalTarget = {
  /** host:port of the frontend. */
  address: string
  /** Namespace that must exist. */
  namespace: string
  /** Milliseconds to go on trying (15,000). */
  patience?: number
}

/** An open connection whose namespace exists; the caller closes it. Throws TemporalUnreachable. */
export async function connectTemporal({ address, namespace, patience = 15_000 }: TemporalTarget): Promise<Connection> {
  const deadline = Date.now() + patience
  for (;;) {
    try {
      // A refused gRPC connection costs a second of back-off, a refused TCP connection nothing.
      await answersTcp(address, deadline)
      return await openAndCheck(address, namespace, Math.max(1_000, deadline - Date.now()))
    } catch (error) {
      if (Date.now() + 250 > deadline) throw unreachable(address, namespace, error)
      await sleep(250)
    }
  }
}

/** Resolves as soon as something accepts TCP connections at host:port; rejects after the deadline (epoch milliseconds). */
export async function answersTcp(address: string, deadline: number): Promise<void> {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? []
  for (;;) {
    const failure = await tryTcp(host.replace(/^\[|\]$/g, ''), Number(port))
    if (failure === undefined) return
    if (Date.now() + 50 > deadline) throw failure
    await sleep(50)
  }
}

function tryTcp(host: string, port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const done = (failure?: Error) => {
      socket.destroy()
      resolve(failure)
    }
    socket.once('connect', () => done())
    socket.once('timeout', () => done(new Error('connection timed out')))
    socket.once('error', done)
  })
}

async function openAndCheck(address: string, namespace: string, timeout: number): Promise<Connection> {
  const connection = await Connection.connect({ address, connectTimeout: timeout })
  try {
    await connection.withDeadline(Date.now() + timeout, () =>
      connection.workflowService.describeNamespace({ namespace }),
    )
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

function unreachable(address: string, namespace: string, cause: unknown): TemporalUnreachable {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
  return new TemporalUnreachable(
    `Temporal does not answer at ${address}, namespace "${namespace}" (${reason}). ` +
      'Start it, correct TEMPORAL_ADDRESS or TEMPORAL_NAMESPACE, or unset TEMPORAL_ADDRESS to use the built-in dev server.',
    { cause },
  )
}
