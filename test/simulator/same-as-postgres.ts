// Plays episodes on the simulator's store and says every statement again to a PostgreSQL (PGlite): the same rows and the same
// refusals must come back, one by one, and the same rows must be there in the end. Run by equivalent-store.test.ts.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PostgresQueryCompiler } from 'kysely'
import { canonicalJson, type Json } from '../../src/domain/json.ts'
import { play, stepsOf } from '../../simulator/episode.ts'
import { seedIds } from '../../simulator/seeded-ids.ts'
import { type Executed, openStore } from '../../simulator/store/store.ts'

const MIGRATIONS = resolve(import.meta.dirname, '../../db/migrations')
const EPISODES = 12

async function openPostgres(): Promise<PGlite> {
  const postgres = await PGlite.create()
  // Defaults call now(): found here first, it is the virtual one.
  await postgres.exec(`create schema virtual; create function virtual.now() returns timestamptz language sql
    as $$ select current_setting('virtual.now')::timestamptz $$; set search_path = virtual, public, pg_catalog`)
  for (const file of globSync('*.sql', { cwd: MIGRATIONS }).toSorted()) {
    const migration = readFileSync(join(MIGRATIONS, file), 'utf8')
    await postgres.exec(migration.replaceAll(/create table (\w+)/g, 'create table public.$1'))
  }
  // Emptied between episodes, which the product never may.
  await postgres.exec('alter table audit_log disable trigger user')
  return postgres
}

const compiler = new PostgresQueryCompiler()
const differences: string[] = []
let statements = 0

/** What came back is written down at once: the kernel goes on to change the rows it was given. */
type Logged = { executed: Executed; expected: string }
const logged = (executed: Executed): Logged => ({
  executed,
  expected:
    executed.kind !== 'query' ? '' : executed.error === null ? inAnyOrder(executed.rows) : refusal(executed.error),
})

async function repeat(postgres: PGlite, { executed, expected }: Logged): Promise<void> {
  if (executed.kind !== 'query') return void (await postgres.exec(executed.kind))
  const { query, now } = executed
  const { sql, parameters } = compiler.compileQuery(query.query, query.queryId)
  statements += 1
  await postgres.exec(`set virtual.now = '${now.toISOString()}'`)
  let found: string
  try {
    found = inAnyOrder((await postgres.query(sql, [...parameters])).rows)
  } catch (thrown) {
    found = refusal(thrown)
  }
  if (found !== expected) differences.push(`${sql}\n  SQLite:     ${expected}\n  PostgreSQL: ${found}`)
}

/** SQLSTATE and constraint: what the kernel reads from an error. */
const refusal = (error: unknown): string => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return `refused: ${code} ${constraint}`
}

const inAnyOrder = (rows: readonly unknown[]): string =>
  JSON.stringify(rows.map((row) => canonical(row as Record<string, unknown>)).toSorted())
/** The order of columns, and of keys in a jsonb, says nothing; PGlite has no date for '-infinity', which JSON makes null. */
const canonical = (row: Record<string, unknown>): string => canonicalJson(JSON.parse(JSON.stringify(row)) as Json)

seedIds()
const store = openStore()
const postgres = await openPostgres()
const TABLES = [
  'conversations',
  'messages',
  'events',
  'turns',
  'steps',
  'effects',
  'handoffs',
  'usage',
  'resolutions',
  'commands',
  'audit_log',
] as const
let rowsCompared = 0
for (let seed = 1; seed <= EPISODES; seed += 1) {
  const log: Logged[] = []
  store.events.executed = (what) => void log.push(logged(what))
  await play(store, seed, stepsOf(seed))
  await postgres.exec(
    `truncate conversations, customers, identities, installation, commands, audit_log, people cascade`,
  )
  for (const entry of log) await repeat(postgres, entry)
  store.events.executed = () => undefined
  for (const table of TABLES) {
    const select = store.db.selectFrom(table).selectAll()
    const ours = (await select.execute()).map((row) => ({ ...row, ...(table === 'audit_log' ? { id: 0 } : {}) }))
    const theirs = await postgres.query<Record<string, unknown>>(`select * from ${table}`)
    const rows = theirs.rows.map((row) => ({ ...row, ...(table === 'audit_log' ? { id: 0 } : {}) }))
    rowsCompared += ours.length
    if (inAnyOrder(ours) !== inAnyOrder(rows)) differences.push(`rows of ${table} differ after seed ${seed}`)
  }
}
await postgres.close()
console.log(JSON.stringify({ statements, rowsCompared, differences: differences.slice(0, 10) }))
