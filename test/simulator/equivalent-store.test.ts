// The simulator's store must answer as PostgreSQL does, or what the simulator finds says nothing.
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { translate } from '../../simulator/store/schema.ts'

const run = promisify(execFile)

describe('the equivalent store', () => {
  test('every statement of random episodes comes back as from PostgreSQL, and leaves the same rows', {
    timeout: 300_000,
  }, async () => {
    const { stdout } = await run(process.execPath, [resolve(import.meta.dirname, 'same-as-postgres.ts')])
    const compared = JSON.parse(stdout) as { statements: number; rowsCompared: number; differences: string[] }
    expect(compared.differences).toEqual([])
    expect(compared.statements).toBeGreaterThan(1000)
    expect(compared.rowsCompared).toBeGreaterThan(200)
  })

  test('a migration it does not understand stops it', () => {
    expect(() => translate('create table odd (\n  id text primary key,\n  place point\n);')).toThrow('place point')
    expect(() => translate('create table odd (\n  id text default gen_random_uuid()\n);')).toThrow('gen_random_uuid')
    expect(() => translate('alter table messages rename to odd;')).toThrow('alter table')
    expect(() => translate('alter table messages drop constraint odd;')).toThrow('drop constraint odd')
  })

  test('a unique constraint that a later migration drops is gone', () => {
    const made = 'create table one (\n  a text,\n  b text,\n  unique (a, b)\n);'
    expect(translate(`${made} alter table one drop constraint one_a_b_key;`)).toEqual([
      'create table one (\n  a text,\n  b text\n)',
    ])
  })

  test('types, defaults and constraints are carried over', () => {
    const [table] = translate(
      "create table one (\n  at timestamptz not null default now(), -- when\n  state text check (state in ('a', 'b'))\n);",
    )
    expect(table).toBe(
      "create table one (\n  at timestamptz_text not null default (virtual_now()),\n  state text check (state in ('a', 'b'))\n)",
    )
  })
})
