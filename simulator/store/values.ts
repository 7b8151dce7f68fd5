// Values on their way into SQLite and out again, as src/adapters/column-types.ts has them of PostgreSQL: int8 a number,
// timestamptz a Date, jsonb parsed, numeric a string, boolean a boolean.
import type { SQLInputValue, SQLOutputValue, StatementColumnMetadata } from 'node:sqlite'

/** Fixed length, so that comparing texts compares times; '-infinity' sorts before every digit. */
export function toSqlite(value: unknown): SQLInputValue {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`The simulator's store cannot write ${Object.prototype.toString.call(value)}.`)
}

export type Reader = (value: SQLOutputValue) => unknown

const asIs: Reader = (value) => value
const READERS: Record<string, Reader> = {
  TEXT: asIs,
  INTEGER: asIs,
  BIGINT: asIs,
  REAL: asIs,
  BOOLEAN: (value) => value === 1,
  TIMESTAMPTZ_TEXT: (value) => (value === '-infinity' ? -Infinity : new Date(String(value))),
  JSONB_TEXT: (value) => JSON.parse(String(value)) as unknown,
  NUMERIC: (value) => Number(value).toFixed(9),
}
/** Columns of a result that are no column of a table, and what PostgreSQL would say they are. */
const EXPRESSIONS: Record<string, Reader> = {
  count: asIs,
  slow: asIs,
  rounds: asIs,
  waiting: asIs,
  earlier: asIs,
  handed: asIs,
  unanswered: asIs,
  accepted: (value) => value === 1,
  unfinished: (value) => value === 1,
  expiry: (value) => new Date(String(value)),
  decided: (value) => new Date(String(value)),
  retry: (value) => new Date(String(value)),
  handoff: (value) => new Date(String(value)),
}

/** How to read a column of a result; null stays null. Throws for one it was not taught. */
export function readerOf(column: StatementColumnMetadata): Reader {
  const reader =
    column.type === null || column.column === null ? EXPRESSIONS[column.name] : READERS[column.type.toUpperCase()]
  if (!reader) throw new Error(`The simulator's store does not know what PostgreSQL would return as "${column.name}".`)
  return (value) => (value === null ? null : reader(value))
}
