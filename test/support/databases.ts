// A database for each test that wants one: on PGlite always, on PostgreSQL when the machine has one.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { openDatabase } from '../../src/adapters/postgres.ts'
import type { DatabaseSource, OpenDatabase } from '../../src/adapters/postgres.ts'
import { createDatabase as createOwnDatabase } from '../../stack/postgres.ts'

/** The two kinds of store that everything must work on. */
export type DatabaseKind = 'postgres' | 'pglite'

/** A database of one test. */
export interface TestDatabase<T> extends OpenDatabase<T> {
  kind: DatabaseKind
  /** For opening it once more (PostgreSQL), or proving that it cannot be (PGlite). */
  from: DatabaseSource['from']
  /** For a process: DATABASE_URL, or EVERDESK_HOME. */
  env: Record<string, string>
}

/** The kinds that this machine has; use with `describe.each(databaseKinds())`. */
export function databaseKinds(): DatabaseKind[] {
  return inject('postgresUrl') === '' ? ['pglite'] : ['pglite', 'postgres']
}

/** A new empty database under a name of its own; `close()` drops it. */
export async function createDatabase<T>(kind: DatabaseKind): Promise<TestDatabase<T>> {
  return kind === 'postgres' ? await createOnPostgres() : await createOnPglite()
}

async function createOnPglite<T>(): Promise<TestDatabase<T>> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-test-'))
  await cp(inject('pgliteTemplate'), join(home, 'postgres'), { recursive: true })
  const opened = await openDatabase<T>({ from: { home } })
  const close = async () => {
    await opened.close()
    await rm(home, { recursive: true, force: true })
  }
  return { ...opened, kind: 'pglite', from: { home }, env: { EVERDESK_HOME: home }, close }
}

async function createOnPostgres<T>(): Promise<TestDatabase<T>> {
  const own = await createOwnDatabase(inject('postgresUrl'))
  const { url } = own
  const opened = await openDatabase<T>({ from: { url } })
  const close = async () => {
    await opened.close()
    await own.close()
  }
  return { ...opened, kind: 'postgres', from: { url }, env: { DATABASE_URL: url }, close }
}
