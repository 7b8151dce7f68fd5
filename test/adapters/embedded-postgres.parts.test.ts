import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/postgres.ts'
import { startProcess } from '../support/processes.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'everdesk-pglite-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

test('a second opener gets one clear line, and the folder is free after closing', async () => {
  const first = await openDatabase({ from: { home } })
  await expect(openDatabase({ from: { home } })).rejects.toThrow(
    `The embedded database ${join(home, 'postgres')} is in use by process ${process.pid}. ` +
      'Stop that one first, or set EVERDESK_HOME to another folder.',
  )
  await first.close()
  const second = await openDatabase({ from: { home } })
  await second.close()
})

test('rows and the folder survive kill -9 of the process that had it open', async () => {
  const script = `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../src/adapters/postgres.ts'))}
    const { pool } = await openDatabase({ from: { home: ${JSON.stringify(home)} } })
    await pool.query('create table kept (n int)')
    await pool.query('insert into kept values (42)')
    console.log('written')
    setInterval(() => {}, 1000)`
  const other = await startProcess({ args: ['--input-type=module-typescript', '--eval', script], ready: /written/ })
  await expect(openDatabase({ from: { home } })).rejects.toThrow(`is in use by process ${other.pid}`)
  await other.kill('SIGKILL')
  const { pool, ...database } = await openDatabase({ from: { home } })
  expect((await pool.query('select n from kept')).rows).toEqual([{ n: 42 }])
  await database.close()
})
