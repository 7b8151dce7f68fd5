// The pool as Kysely sees it on a PostgreSQL server: named statements, and BEGIN in one breath with what follows it.
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isStoreAway } from '../../src/kernel/store-errors.ts'
import { caught } from '../support/caught.ts'
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.ts'

type Things = { things: { id: number; name: string } }

describe.skipIf(!databaseKinds().includes('postgres'))('the pool on a PostgreSQL server', () => {
  let it: TestDatabase<Things>
  beforeAll(async () => {
    it = await createDatabase<Things>('postgres')
    await it.pool.query('create table things (id integer primary key, name text not null)')
  })
  afterAll(() => it.close())

  const names = async () =>
    (await it.db.selectFrom('things').select('name').orderBy('id').execute()).map(({ name }) => name)

  test('a transaction is one: what a failed one wrote is gone, also its first statement', async () => {
    const failing = it.db.transaction().execute(async (trx) => {
      await trx.insertInto('things').values({ id: 1, name: 'first' }).execute()
      await trx.insertInto('things').values({ id: 1, name: 'again' }).execute()
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(await names()).toEqual([])
    const thrown = it.db.transaction().execute(async (trx) => {
      await trx.insertInto('things').values({ id: 2, name: 'second' }).execute()
      throw new Error('changed my mind')
    })
    await expect(thrown).rejects.toThrow('changed my mind')
    expect(await names()).toEqual([])
  })

  test('a transaction whose only statement fails, or that has none, leaves its connection clean', async () => {
    const failing = it.db.transaction().execute((trx) => sql`select 1 / 0`.execute(trx))
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    await it.db.transaction().execute(async () => undefined)
    const { rows } = await sql<{ open: number }>`select count(*)::int as open from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`.execute(it.db)
    expect(rows).toEqual([{ open: 0 }])
  })

  test('what is asked again is prepared, and stays right when it is asked by many at once', async () => {
    await it.db
      .insertInto('things')
      .values([
        { id: 7, name: 'seven' },
        { id: 8, name: 'eight' },
      ])
      .execute()
    const asked = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        it.db
          .selectFrom('things')
          .select('name')
          .where('id', '=', index % 2 === 0 ? 7 : 8)
          .executeTakeFirstOrThrow(),
      ),
    )
    expect(asked.map(({ name }) => name)).toEqual(Array.from({ length: 20 }, () => ['seven', 'eight']).flat())
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(it.db)
    expect(rows.map(({ statement }) => statement).join('\n')).toContain('from "things" where "id" = $1')
    await it.db.deleteFrom('things').execute()
  })

  test('a migration that changes what a statement returns costs one failure a connection, and says: try again', async () => {
    const all = () => it.db.selectFrom('things').selectAll().execute()
    await Promise.all(Array.from({ length: 10 }, all))
    const other = new Client({ connectionString: it.env['DATABASE_URL'] })
    await other.connect()
    await other.query('alter table things add column extra integer')
    await other.end()
    const failures: unknown[] = []
    for (let asked = 0; asked < 30; asked += 1) {
      const failure = await caught(all())
      if (failure instanceof Error) failures.push(failure)
    }
    expect(failures.length).toBeGreaterThan(0)
    expect(failures.length).toBeLessThanOrEqual(10)
    expect(failures.every(isStoreAway)).toBe(true)
    await expect(all()).resolves.toEqual([])
  })
})
