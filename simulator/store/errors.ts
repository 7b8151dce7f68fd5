// SQLite's refusals, told as PostgreSQL tells them: src/kernel/store-errors.ts knows SQLSTATE and constraint.
import type { DatabaseSync } from 'node:sqlite'

const UNIQUE = 2067
const PRIMARY_KEY = 1555

/** Names of unique constraints by "table.column, table.column", as SQLite reports a breach. */
export type UniqueNames = ReadonlyMap<string, string>

export function uniqueNames(database: DatabaseSync): UniqueNames {
  const names = new Map<string, string>()
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").all()
  for (const { name: table } of tables) {
    for (const index of database.prepare(`pragma index_list("${String(table)}")`).all()) {
      if (index['unique'] !== 1) continue
      const columns = database.prepare(`pragma index_info("${String(index['name'])}")`).all()
      const key = columns.map((column) => `${String(table)}.${String(column['name'])}`).join(', ')
      const own = index['origin'] === 'c'
      const suffix =
        index['origin'] === 'pk' ? 'pkey' : `${columns.map((column) => String(column['name'])).join('_')}_key`
      names.set(key, own ? String(index['name']) : `${String(table)}_${suffix}`)
    }
  }
  return names
}

export function asPostgresError(error: unknown, names: UniqueNames): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  if (error.errcode !== UNIQUE && error.errcode !== PRIMARY_KEY) return error
  const constraint = names.get(error.message.replace('UNIQUE constraint failed: ', ''))
  return Object.assign(new Error(`duplicate key value violates unique constraint "${constraint}"`), {
    code: '23505',
    constraint,
  })
}

/** What a driver throws when its connection breaks; nobody knows whether the statement was carried out. */
export const connectionLost = (): Error =>
  Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
