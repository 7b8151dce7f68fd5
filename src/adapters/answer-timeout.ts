// A PostgreSQL that is gone without a word (its machine lost, a line dead) closes no connection: without a limit a query
// waits for it as long as TCP has patience, a quarter of an hour, and takes a connection of the pool with it.
import { Socket } from 'node:net'
import type { PoolClient } from 'pg'

/** Milliseconds; longer than the statement timeout, so that a server that lives has answered by then. */
export const ANSWER_WITHIN_MS = 10_000

/** Ends the connection when a query waits so many milliseconds without a byte; 0: never. An idle connection is left alone. */
export function limitAnswers(client: PoolClient, milliseconds: number): void {
  const wire = client as unknown as Wire
  const { stream } = wire.connection
  // The embedded one has no socket: it lives and dies with us.
  if (!(stream instanceof Socket)) return
  stream.removeAllListeners('timeout')
  stream.setTimeout(milliseconds, () => {
    if (!wire.readyForQuery) stream.destroy(new Error(`PostgreSQL did not answer within ${milliseconds} ms`))
  })
}

/** What pg has and its types leave out. */
type Wire = { connection: { stream: unknown }; readyForQuery: boolean }
