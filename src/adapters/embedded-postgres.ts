// PostgreSQL inside our process, for a machine without one. One connection, and one process may open the folder.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Pool } from 'pg'
import { COLUMN_TYPES } from './column-types.ts'
import { takeProcessLock } from './process-lock.ts'

/** A second query waits for the only connection; past this it is a deadlock of our own (a query outside its transaction). */
const WAIT_FOR_CONNECTION_MS = 30_000

/** An open embedded database. */
export type EmbeddedPostgres = {
  /** A pool of exactly one connection. */
  pool: Pool
  /** Closes the database and gives the folder free. */
  close(): Promise<void>
}

/** Opens (or makes) the database in `<home>/postgres`. Throws LockHeld when another process has it. */
export async function openEmbeddedPostgres(home: string): Promise<EmbeddedPostgres> {
  const folder = join(home, 'postgres')
  await mkdir(home, { recursive: true })
  const unlock = takeProcessLock(`${folder}.lock`, `The embedded database ${folder}`)
  try {
    const database = await PGlite.create(folder, { extensions: { pg_trgm } })
    const settings = { max: 1, types: COLUMN_TYPES, connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS }
    const pool = new Pool(Object.assign(createPgConfig(database), settings))
    return {
      pool,
      async close() {
        await pool.end()
        await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
