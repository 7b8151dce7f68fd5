import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../src/adapters/migrations.ts'
import { openDatabase } from '../../src/adapters/postgres.ts'
import { createDatabase, databaseKinds } from '../support/databases.ts'
import type { TestDatabase } from '../support/databases.ts'

interface Tables {
  thing: { id: number; big: number; made_at: Date; data: unknown; price: string }
}

const FIRST = `create table thing (
  id int primary key, big bigint not null, made_at timestamptz not null, data jsonb not null, price numeric(12, 6) not null
);`
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everdesk-migrations-'))
  await writeFile(join(folder, '0001-thing.sql'), FIRST)
  await writeFile(join(folder, '0002-second.sql'), 'select pg_sleep(0.2); create index thing_big on thing (big);')
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(databaseKinds())('on %s', (kind) => {
  let database: TestDatabase<Tables>
  beforeEach(async () => {
    database = await createDatabase<Tables>(kind)
  })
  afterEach(() => database.close())

  test('four migrators at once apply each migration once', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => migrate({ pool: database.pool, folder })))
    expect(results.flat()).toEqual(['0001-thing', '0002-second'])
    expect(await migrate({ pool: database.pool, folder })).toEqual([])
  })

  test('a broken migration changes nothing and gives the lock free', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'everdesk-migrations-'))
    await writeFile(join(broken, '0001-thing.sql'), FIRST)
    await writeFile(join(broken, '0002-typo.sql'), 'create tabel oops ();')
    await expect(migrate({ pool: database.pool, folder: broken })).rejects.toThrow(/syntax error/)
    expect(await migrate({ pool: database.pool, folder })).toEqual(['0001-thing', '0002-second'])
    await rm(broken, { recursive: true })
  })

  test('columns have the same types: int8 a number, timestamptz a Date, jsonb parsed, numeric a string', async () => {
    await migrate({ pool: database.pool, folder })
    const row = {
      id: 1,
      big: 9_007_199_254_740_991,
      made_at: new Date('2026-11-21T01:02:03.004Z'),
      data: { list: [1, 'two'] },
      price: '0.000123',
    }
    await database.db.insertInto('thing').values(row).execute()
    expect(await database.db.selectFrom('thing').selectAll().executeTakeFirst()).toEqual(row)
    await expect(database.pool.query("select '9007199254740993'::bigint as x")).rejects.toThrow(/not safe as a number/)
  })

  test('a transaction that fails leaves nothing and the pool goes on', async () => {
    await migrate({ pool: database.pool, folder })
    const failing = database.db.transaction().execute(async (trx) => {
      await trx.insertInto('thing').values({ id: 7, big: 1, made_at: new Date(), data: {}, price: '1' }).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await database.db.selectFrom('thing').selectAll().execute()).toEqual([])
  })
})

describe('a broken DATABASE_URL', () => {
  test('is one line that says what to do and holds no password', async () => {
    const opening = openDatabase({ from: { url: 'postgres://ada:hunter2@127.0.0.1:9/shop' } })
    await expect(opening).rejects.toThrow(
      'PostgreSQL does not answer at DATABASE_URL (127.0.0.1:9/shop): connect ECONNREFUSED 127.0.0.1:9. ' +
        'Start it, correct DATABASE_URL, or unset it to use the embedded database.',
    )
  })
})
