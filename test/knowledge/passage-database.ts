// The table of passages on both kinds of store: PGlite always, the machine's PostgreSQL when it answers.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'

const ADMIN = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** An opened database with the spine's tables; `close` leaves nothing behind. */
export type PassageDatabase = { db: Kysely<unknown>; close: () => Promise<void> }

export async function openOnPglite(): Promise<PassageDatabase> {
  const lite = new PGlite()
  await lite.exec(await spine())
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new Pool(createPgConfig(lite)) }) })
  const close = async () => {
    await db.destroy()
    await lite.close()
  }
  return { db, close }
}

/** Null when no PostgreSQL answers here. */
export async function openOnPostgres(): Promise<PassageDatabase | null> {
  const name = `everdesk_knowledge_${randomBytes(6).toString('hex')}`
  try {
    await administer(`create database ${name}`)
  } catch {
    return null
  }
  const url = new URL(ADMIN)
  url.pathname = `/${name}`
  const pool = new Pool({ connectionString: url.href, connectionTimeoutMillis: 5_000 })
  await pool.query(await spine())
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    await administer(`drop database ${name} with (force)`)
  }
  return { db, close }
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: ADMIN, connectionTimeoutMillis: 3_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

async function spine(): Promise<string> {
  const migration = await readFile(new URL('../../db/migrations/0001_spine.sql', import.meta.url), 'utf8')
  return migration.split('-- Down Migration')[0] ?? ''
}
