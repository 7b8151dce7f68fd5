import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { schema } from './schema.ts'

/** One row as SQLite gives it: text, integers, or null. */
export type Row = Record<string, SQLOutputValue>

/** The sandbox's database: prepared statements are kept by their text; every call is synchronous. */
export interface Store {
  /** Every row of a query. */
  all(sql: string, ...values: SQLInputValue[]): Row[]
  /** The first row, or undefined. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined
  /** Runs a write and returns the new row id. */
  run(sql: string, ...values: SQLInputValue[]): number
  /** Runs `work` in one transaction; a throw rolls it back. May be nested: the inner one rolls back alone. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Opens (and creates) `<home>/sandbox.sqlite`; what was committed survives kill -9. */
export function openStore(home: string): Store {
  mkdirSync(home, { recursive: true })
  const database = new DatabaseSync(join(home, 'sandbox.sqlite'))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;')
  database.exec(schema)
  addMissingColumns(database)
  let depth = 0
  const statements = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    all: (sql, ...values) => prepare(sql).all(...values),
    get: (sql, ...values) => prepare(sql).get(...values),
    run: (sql, ...values) => Number(prepare(sql).run(...values).lastInsertRowid),
    transaction<T>(work: () => T): T {
      const level = depth
      database.exec(level === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT level_${level}`)
      depth += 1
      let done = false
      try {
        const result = work()
        database.exec(level === 0 ? 'COMMIT' : `RELEASE level_${level}`)
        done = true
        return result
      } finally {
        depth = level
        if (!done) database.exec(level === 0 ? 'ROLLBACK' : `ROLLBACK TO level_${level}; RELEASE level_${level}`)
      }
    },
    close: () => {
      statements.clear()
      database.close()
    },
  }
}

/** A file that an earlier sandbox made keeps its rows. */
function addMissingColumns(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(ledger)').all()
  if (columns.some(({ name }) => name === 'amount_cents')) return
  database.exec('ALTER TABLE ledger ADD COLUMN amount_cents INTEGER')
}
