// Brings the schema up to date. Any number of processes may do so at once: a lock of the database lets one work, the others find it done.
import { resolve } from 'node:path'
import { runner } from 'node-pg-migrate'
import type { Pool } from 'pg'
import { ANSWER_WITHIN_MS, limitAnswers } from './answer-timeout.ts'

/** The plain SQL files of this repository. */
const MIGRATIONS_FOLDER = resolve(import.meta.dirname, '../../db/migrations')

/** Any number that nobody else uses in this database. */
const LOCK_KEY = 7_303_014
const MIGRATIONS_TABLE = 'schema_migrations'

/** What to migrate. */
export type Migration = {
  /** Pool of the store; one of its connections is used. */
  pool: Pool
  /** Folder of `<number>-<name>.sql` files (db/migrations). */
  folder?: string
}

/** Applies what is missing, all of it or nothing, and returns the names that were applied, oldest first. */
export async function migrate({ pool, folder = MIGRATIONS_FOLDER }: Migration): Promise<string[]> {
  const client = await pool.connect()
  try {
    // Waiting for another migrator, and a long migration, may take longer than the pool allows.
    limitAnswers(client, 0)
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
    const applied = await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: MIGRATIONS_TABLE,
      noLock: true,
      singleTransaction: true,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    })
    return applied.map(({ name }) => name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => undefined)
    await client.query('reset statement_timeout').catch(() => undefined)
    limitAnswers(client, ANSWER_WITHIN_MS)
    client.release()
  }
}
