// An equivalent store: SQLite in memory behind the kernel's own queries. One connection, so a transaction is atomic; what
// can go wrong between two of them is the scheduler's (world/actors.ts). It watches rule 3 by itself: whoever writes rows
// of a conversation must hold that conversation's row.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type CompiledQuery, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Tables } from '../../src/kernel/tables.ts'
import { createDriver } from './driver.ts'
import { uniqueNames } from './errors.ts'
import { type Change, installJournal } from './journal.ts'
import { schemaStatements } from './schema.ts'

/** A statement with what came back, or a transaction's begin and end. */
export type Executed =
  | { kind: 'begin' | 'commit' | 'rollback' }
  | { kind: 'query'; query: CompiledQuery; now: Date; rows: readonly unknown[]; error: unknown }

/** What the world around the store decides and hears. */
export type StoreEvents = {
  now: () => Date
  /** Called before a connection is handed out and after each commit: a place to be interleaved, frozen or killed. */
  pause: (where: 'before' | 'after') => Promise<void>
  /** What becomes of the next transaction; asked once for each. */
  fate: () => 'commit' | 'lost_before' | 'lost_after'
  committed: (changes: readonly Change[]) => void
  /** Told of everything that reaches the store, in order. */
  executed: (what: Executed) => void
  /** A row of this conversation was written without its lock. */
  unlocked: (table: string, conversationId: string) => void
}

/** Kysely would let one caller at a time come to SQLite, and an actor killed while it waits would block all others. */
class ManyConnections extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

export type Store = {
  db: Kysely<Tables>
  database: DatabaseSync
  events: StoreEvents
  /** Empties every table for the next episode. */
  reset: () => void
}

export function openStore(): Store {
  const database = new DatabaseSync(':memory:')
  const events: StoreEvents = {
    now: () => new Date(0),
    pause: () => Promise.resolve(),
    fate: () => 'commit',
    committed: () => undefined,
    executed: () => undefined,
    unlocked: () => undefined,
  }
  database.function('virtual_now', () => events.now().toISOString())
  for (const statement of schemaStatements()) database.exec(statement)
  const journal = installJournal(database, events)
  const driver = createDriver({ database, events, journal, names: uniqueNames(database) })
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new ManyConnections(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  const tables = database
    .prepare("select name from sqlite_schema where type = 'table'")
    .all()
    .map(({ name }) => String(name))
  // Children first: foreign keys point at conversations and customers.
  const last = ['conversations', 'identities', 'customers']
  const ordered = [...tables.filter((name) => !last.includes(name)), ...last]
  const emptying: StatementSync[] = ordered.map((name) => database.prepare(`delete from "${name}"`))
  return {
    db,
    database,
    events,
    reset() {
      if (database.isTransaction) database.exec('rollback')
      for (const statement of emptying) statement.run()
      journal.clear()
    },
  }
}
