// Kysely's driver over node:sqlite: takes the few words of PostgreSQL out of a statement, and tells the journal which rows a
// transaction holds.
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { asPostgresError, connectionLost, type UniqueNames } from './errors.ts'
import type { Journal } from './journal.ts'
import type { StoreEvents } from './store.ts'
import { readerOf, type Reader, toSqlite } from './values.ts'

type Prepared = {
  statement: StatementSync
  columns: { name: string; read: Reader }[]
  locks: boolean
}

export function createDriver(options: {
  database: DatabaseSync
  events: StoreEvents
  journal: Journal
  names: UniqueNames
}): Driver {
  const { database, events, journal, names } = options
  const prepared = new Map<string, Prepared>()

  function prepare(sql: string): Prepared {
    const known = prepared.get(sql)
    if (known) return known
    const locks = /\sfor update( of \w+)?( skip locked)?\s*$/.test(sql)
    const statement = database.prepare(inSqlite(sql))
    const columns = statement.columns().map((column) => ({ name: column.name, read: readerOf(column) }))
    const made = { statement, columns, locks }
    prepared.set(sql, made)
    return made
  }

  function run<R>(query: CompiledQuery): QueryResult<R> {
    const now = events.now()
    try {
      const result = execute<R>(query)
      events.executed({ kind: 'query', query, now, rows: result.rows, error: null })
      return result
    } catch (error) {
      events.executed({ kind: 'query', query, now, rows: [], error })
      throw error
    }
  }

  function execute<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, columns, locks } = prepare(query.sql)
    const values = query.parameters.map(toSqlite)
    try {
      if (columns.length === 0) {
        const { changes } = statement.run(...values)
        return { rows: [], numAffectedRows: BigInt(changes) }
      }
      const rows = statement.all(...values).map((row) => {
        const out: Record<string, unknown> = {}
        for (const { name, read } of columns) out[name] = read(row[name] ?? null)
        return out
      })
      if (locks) for (const row of rows) journal.lock(String(row['id']))
      return { rows: rows as R[], numAffectedRows: BigInt(rows.length) }
    } catch (error) {
      throw asPostgresError(error, names)
    }
  }

  // One for all: whoever holds it runs until it is given back, because nothing in a transaction waits for anything else.
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (database.isTransaction) return run<R>(query)
      const fate = events.fate()
      if (fate === 'lost_before') throw connectionLost()
      const result = run<R>(query)
      events.committed(journal.take())
      if (fate === 'lost_after') throw connectionLost()
      return result
    },
    async *streamQuery() {
      yield* []
      throw new Error('The simulator never streams a query.')
    },
  }
  let fate: ReturnType<StoreEvents['fate']> = 'commit'
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      await events.pause('before')
      return connection
    },
    async beginTransaction() {
      fate = events.fate()
      database.exec('begin')
      events.executed({ kind: 'begin' })
      journal.begin()
    },
    async commitTransaction() {
      if (fate === 'lost_before') throw connectionLost()
      database.exec('commit')
      events.executed({ kind: 'commit' })
      events.committed(journal.take())
      if (fate === 'lost_after') throw connectionLost()
    },
    async rollbackTransaction() {
      journal.clear()
      if (!database.isTransaction) return
      database.exec('rollback')
      events.executed({ kind: 'rollback' })
    },
    releaseConnection: () => events.pause('after'),
    destroy: () => Promise.resolve(database.close()),
  }
}

/** The words of PostgreSQL that the kernel's statements use; anything else is a syntax error, and says so. */
const inSqlite = (sql: string): string =>
  sql.replace(/\sfor (no key )?update( of \w+)?( skip locked)?\s*$/, '').replace(/::(int|numeric)\b/g, '')
