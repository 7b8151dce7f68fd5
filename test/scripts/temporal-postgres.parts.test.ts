// A Temporal that keeps its data in PostgreSQL, built from its Go module: everdesk runs on it as on the dev server.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canHavePrograms } from '../../scripts/temporal-postgres/programs.ts'
import { startTemporalOnPostgres, type TemporalOnPostgres } from '../../scripts/temporal-postgres/server.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../stack/postgres.ts'
import { startStack, type Stack } from '../../stack/stack.ts'
import { readConfig } from '../../src/config.ts'
import { isAlive } from '../support/is-alive.ts'

/** The first time on a machine both programs are built: two to four minutes when it has nothing else to do. */
const BUILT_WITHIN = 15 * 60_000
const here = postgresPrograms() !== undefined && (await canHavePrograms(readConfig().machine))

describe.runIf(here)('Temporal on PostgreSQL', () => {
  let postgres: PostgresServer
  let temporal: TemporalOnPostgres
  let stack: Stack
  const start = () => {
    const admin = new URL(postgres.url)
    admin.pathname = '/postgres'
    return startTemporalOnPostgres({ admin: admin.href, note: (line) => console.log(line) })
  }
  beforeAll(async () => {
    postgres = await startPostgres()
    temporal = await start()
    const { address, namespace } = temporal
    stack = await startStack({
      workers: 1,
      apis: 1,
      lines: false,
      redis: false,
      postgresUrl: new URL('/postgres', postgres.url).href,
      temporal: { address, namespace },
    })
  }, BUILT_WITHIN)
  afterAll(async () => {
    await stack?.close()
    await temporal?.close()
    await postgres?.close()
  }, 60_000)

  test('P1: a conversation has its turn, and another one after the server was killed and started again', async () => {
    const ada = await stack.as('customer', 'cust_1001')
    const first = await ada.start('Where is my order 12345?')
    const answered = await ada.settled(first.conversation, first.message)
    expect(answered).toMatchObject({ status: 'answered', reply: { role: 'ai' } })

    await temporal.restart()
    const second = await ada.send(first.conversation, 'And where is order 12346?')
    expect(await ada.settled(first.conversation, second)).toMatchObject({ status: 'answered', reply: { role: 'ai' } })
    expect(await temporal.bytes()).toBeGreaterThan(1_000_000)
  })

  test('a second server on databases that are set up finds them so, and each ends when it is told to', async () => {
    const second = await start()
    const pid = second.pid()
    expect(isAlive(pid)).toBe(true)
    await second.close()
    expect(isAlive(pid)).toBe(false)
  })
})
