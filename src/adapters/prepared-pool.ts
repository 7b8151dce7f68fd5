// What Kysely sees of the pool: every statement is prepared once a connection, and BEGIN travels together with the first
// statement behind it. Parsing and planning were half of what PostgreSQL did, and a round trip costs more than most statements.
import { createHash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient, QueryResult } from 'pg'

/** Statements that get a name; texts beyond it (lists of many lengths) are parsed each time, so that no connection fills up. */
const MOST_NAMES = 500
/** Neither BEGIN and COMMIT, nor what migrations send. */
const WORTH_PREPARING = /^\s*(?:select|insert|update|delete|with)\b/i
/** A migration changed what a prepared statement returns: the connection that prepared it is of no more use. */
const PLAN_CHANGED = /cached plan must not change result type/

/** `pool` must have been made with `pipeline: true`, or BEGIN waits for its answer after all. */
export function preparedPool(pool: Pool): PostgresPool {
  const nameOf = createNames()
  const prepared = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const known = prepared.get(client)
      if (known) return known
      const made = preparedClient(client, nameOf)
      prepared.set(client, made)
      return made
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

type NameOf = (text: string) => string | undefined
const BEGUN = { command: 'BEGIN', rowCount: 0, rows: [] }

function preparedClient(client: PoolClient, nameOf: NameOf): PostgresPoolClient {
  let beginning: Promise<unknown> | null = null
  let useless = false
  const send = async (text: string, values: readonly unknown[]): Promise<QueryResult> => {
    const name = nameOf(text)
    try {
      return await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
    } catch (error) {
      if (error instanceof Error && PLAN_CHANGED.test(error.message)) useless = true
      throw error
    }
  }
  const query = async (text: string, values: readonly unknown[] = []) => {
    if (text === 'begin') {
      beginning = client.query(text)
      // The first statement behind it tells of its failure.
      beginning.catch(() => undefined)
      return BEGUN
    }
    if (!beginning) return send(text, values)
    const begun = beginning
    beginning = null
    // A statement whose transaction did not begin must not pass for a part of one.
    const [result] = await Promise.all([send(text, values), begun])
    return result
  }
  return {
    // Kysely's type also knows cursors, which nobody here opens.
    query: query as unknown as PostgresPoolClient['query'],
    release: (discard?: boolean) => client.release(discard === true || useless),
  }
}

/** The name of a statement by its text, the same on every connection. */
function createNames(): NameOf {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MOST_NAMES || !WORTH_PREPARING.test(text)) return known
    const name = createHash('sha256').update(text).digest('hex').slice(0, 16)
    names.set(text, name)
    return name
  }
}
