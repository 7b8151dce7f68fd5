// Translates db/migrations to SQLite, so that the schema has one source. What it does not understand stops it: a migration
// that uses something new must be taught here, not skipped.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const MIGRATIONS = resolve(import.meta.dirname, '../../db/migrations')

/** Column types and what SQLite gets instead. The names live on as declared types, by which values are read back. */
const TYPES: Record<string, string> = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  real: 'real',
  // With "text" in its name a declared type keeps what is written as it is.
  timestamptz: 'timestamptz_text',
  jsonb: 'jsonb_text',
  'numeric(20, 9)': 'numeric',
}
/** How PostgreSQL lays rows out changes no answer. */
const LAYOUT = /^alter table \w+ set \(fillfactor = \d+\)$/
/** A new store has no rows that a migration would bring up to date. */
const BACKFILL = /^(update \w+ set|delete from \w+) /
/** Full-text search is PostgreSQL's own, and nothing of the rules touches it. */
const LEFT_OUT = /\bpassages\b/
/** That nobody changes the audit log is PostgreSQL's to refuse; the kernel's statements never try. */
const GUARD = /^create (function|trigger) audit_log_/

/** Every statement of every migration, in SQLite's words. */
export function schemaStatements(): string[] {
  const files = globSync('*.sql', { cwd: MIGRATIONS }).toSorted()
  return translate(files.map((file) => readFileSync(join(MIGRATIONS, file), 'utf8')).join('\n'))
}

export function translate(migration: string): string[] {
  return migration
    .replace(/[ \t]*--.*$/gm, '')
    .replace(/\$\$.*?\$\$/gs, "''")
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !LAYOUT.test(statement) && !BACKFILL.test(statement))
    .filter((statement) => !GUARD.test(statement))
    .filter((statement) => !LEFT_OUT.test(statement.split('\n')[0] ?? ''))
    .reduce<string[]>((known, statement) => withoutConstraint(known, statement) ?? [...known, statement], [])
    .map(translateStatement)
}

/** SQLite cannot drop a table's unique constraint: it is left out where the table is made. Null: `statement` drops none. */
function withoutConstraint(known: string[], statement: string): string[] | null {
  const [, table = '', name] = /^alter table (\w+) drop constraint (\w+)$/.exec(statement) ?? []
  if (name === undefined) return null
  const at = known.findIndex((made) => made.startsWith(`create table ${table} (`))
  const made = known[at] ?? ''
  // As PostgreSQL names a constraint that was given no name.
  const line = [...made.matchAll(/,\n *unique \(([\w, ]+)\)/g)].find(
    ([, columns = '']) => `${table}_${columns.replaceAll(', ', '_')}_key` === name,
  )
  if (!line) throw new Error(`The simulator's store does not understand this migration: ${statement}`)
  return known.with(at, made.replace(line[0], ''))
}

function translateStatement(statement: string): string {
  if (/^(create (unique )?|drop )index /.test(statement)) return statement
  const added = /^alter table (\w+) add column (.+)$/.exec(statement)
  if (added) return `alter table ${added[1] ?? ''} add column ${translateLine(added[2] ?? '')}`
  const table = /^create table (\w+) \(\n([\s\S]*)\n\)$/.exec(statement)
  if (!table) throw new Error(`The simulator's store does not understand this migration: ${statement}`)
  const [, name = '', body = ''] = table
  const lines = body.split(/,\n/).map((line) => translateLine(line.trim()))
  return `create table ${name} (\n  ${lines.join(',\n  ')}\n)`
}

const CONSTRAINT = /^(primary key|unique|foreign key|check) /
const COLUMN = /^(\w+) (numeric\(20, 9\)|[a-z]+)(.*)$/s
const UNDERSTOOD =
  /^( primary key| not null| unique| default ('[^']*'|-?\d+|true|false|\(virtual_now\(\)\))| check \([^()]*(\([^()]*\)[^()]*)*\)| references \w+ \([\w, ]+\)( on delete cascade)?)*$/

function translateLine(line: string): string {
  if (CONSTRAINT.test(line)) return line
  const [, name = '', type = '', rest = ''] = COLUMN.exec(line) ?? []
  if (rest.trim() === 'generated always as identity primary key') return `${name} integer primary key`
  const known = TYPES[type]
  const options = rest.replace('default now()', 'default (virtual_now())')
  if (known === undefined || !UNDERSTOOD.test(options)) {
    throw new Error(`The simulator's store does not understand this column of a migration: ${line}`)
  }
  return `${name} ${known}${options}`
}
