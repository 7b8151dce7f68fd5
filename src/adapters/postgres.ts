// Opens the store: a PostgreSQL by URL, or the embedded one by home folder. Above this, nobody knows which.
import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { ANSWER_WITHIN_MS, limitAnswers } from './answer-timeout.ts'
import { COLUMN_TYPES } from './column-types.ts'
import { openEmbeddedPostgres } from './embedded-postgres.ts'
import { preparedPool } from './prepared-pool.ts'

/** Which database, and where lost connections are reported. */
export type DatabaseSource = {
  /** `postgres://...`, or the home folder of the embedded one. */
  from: { url: string } | { home: string }
  /** Connections of the pool; 10, and always 1 for the embedded one. */
  connections?: number
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  onLostConnection?: (error: Error) => void
}

/** An open store; `T` maps table names to rows. */
export type OpenDatabase<T> = {
  /** Typed queries over `pool`. */
  db: Kysely<T>
  /** The pool below, for migrations and health checks. */
  pool: Pool
  /** True for PGlite: one connection, no session settings. */
  embedded: boolean
  /** Waits for running queries, then closes. */
  close(): Promise<void>
}

/** The store cannot be reached; the message says what to do and holds no password. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable'
}

const CONNECT_WITHIN_MS = 5_000
/** Transactions take milliseconds; what takes this long waits for a lock that will not come. */
const STATEMENT_TIMEOUT_MS = 8_000
/** Frees the row locks of a process that hangs, or is frozen, inside a transaction. */
const IDLE_IN_TRANSACTION_MS = 5_000

/** Opens the store and proves it with a query. Throws DatabaseUnreachable or LockHeld. */
export async function openDatabase<T>(source: DatabaseSource): Promise<OpenDatabase<T>> {
  const { from, connections = 10, onLostConnection = () => undefined } = source
  const opened = 'url' in from ? openPool(from.url, connections) : await openEmbeddedPostgres(from.home)
  const { pool } = opened
  pool.on('error', onLostConnection)
  // The pool listens to idle connections only: one that breaks while it is used would end the process. Its query rejects anyway.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    limitAnswers(client, ANSWER_WITHIN_MS)
  })
  try {
    await pool.query('select 1')
  } catch (error) {
    await opened.close()
    throw 'url' in from ? unreachable(from.url, error) : error
  }
  let closed: Promise<void> | undefined
  return {
    db: new Kysely<T>({ dialect: new PostgresDialect({ pool: 'url' in from ? preparedPool(pool) : pool }) }),
    pool,
    embedded: !('url' in from),
    close: () => (closed ??= opened.close()),
  }
}

function openPool(url: string, connections: number): { pool: Pool; close(): Promise<void> } {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    types: COLUMN_TYPES,
    pipeline: true,
    application_name: 'everdesk',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    // Compiling a statement takes longer than running any of ours.
    options: '-c jit=off',
  })
  return { pool, close: () => pool.end() }
}

function unreachable(url: string, cause: unknown): DatabaseUnreachable {
  const { host, pathname } = new URL(url)
  return new DatabaseUnreachable(
    `PostgreSQL does not answer at DATABASE_URL (${host}${pathname}): ${reasonOf(cause)}. ` +
      'Start it, correct DATABASE_URL, or unset it to use the embedded database.',
    { cause },
  )
}

function reasonOf(cause: unknown): string {
  // Both addresses of localhost refused: the message of an AggregateError is empty.
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0])
  return cause instanceof Error ? cause.message : String(cause)
}
