import { type Kysely, sql } from 'kysely'
import type { Tables } from '../src/kernel/tables.ts'

/** What a PostgreSQL has done so far: commits in our database, bytes written to the log of its server. */
export type StoreWork = { commits: number; logBytes: number }

export async function storeWork(db: Kysely<Tables>): Promise<StoreWork> {
  const { rows } = await sql<StoreWork>`
    select xact_commit::float8 as commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as "logBytes"
    from pg_stat_database where datname = current_database()`.execute(db)
  return rows[0] ?? { commits: 0, logBytes: 0 }
}
