// The store goes without a word: no connection is closed, no answer comes. Later ones are sound (P7: nothing hangs in silence).
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '../../src/adapters/postgres.ts'
import { type Line, openLine } from '../../stack/line.ts'

describe.runIf(inject('postgresUrl'))('a PostgreSQL that is gone without a word', () => {
  let line: Line
  let database: OpenDatabase<Record<string, never>>

  beforeEach(async () => {
    const url = new URL(inject('postgresUrl'))
    line = await openLine({ host: url.hostname, port: Number(url.port) })
    url.port = String(line.port)
    database = await openDatabase({ from: { url: url.href }, connections: 2 })
  })
  afterEach(async () => {
    await line.close()
    await database.close()
  })

  test('a query that waits in vain fails, its connection is given up, and the next one works', async () => {
    const ask = () => sql<{ one: number }>`select 1 as one`.execute(database.db)
    await ask()
    line.spoil({ kind: 'half-open' })
    const inVain = [ask(), database.db.transaction().execute((trx) => sql`select 2`.execute(trx))]
    line.mend()
    const outcomes = await Promise.allSettled(inVain)
    expect(outcomes.map(({ status }) => status)).toContain('rejected')
    for (let query = 0; query < 4; query += 1) expect((await ask()).rows).toEqual([{ one: 1 }])
  })
})
