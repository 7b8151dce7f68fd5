// `npm run audit:verify` as a process of its own, on both stores [T8].
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../src/adapters/migrations.ts'
import { type DatabaseSource, type OpenDatabase, openDatabase } from '../../src/adapters/postgres.ts'
import { chainAudit } from '../../src/kernel/chain-audit.ts'
import type { Tables } from '../../src/kernel/tables.ts'
import { createDatabase, databaseKinds } from '../support/databases.ts'
import { createTestKernel } from '../support/kernel.ts'

const SCRIPT = resolve(import.meta.dirname, '../../scripts/audit-verify.ts')
const run = promisify(execFile)

describe.each(databaseKinds())('audit:verify on %s', (kind) => {
  let from: DatabaseSource['from']
  let env: Record<string, string>
  let drop: () => Promise<unknown>

  /** The embedded store has one opener at a time, so each step opens and closes it. */
  async function inStore(work: (opened: OpenDatabase<Tables>) => Promise<unknown>): Promise<void> {
    const opened = await openDatabase<Tables>({ from })
    await work(opened)
    await opened.close()
  }
  async function verify(...args: string[]): Promise<{ code: number; out: string }> {
    return run(process.execPath, [SCRIPT, ...args], { env: { PATH: process.env['PATH'], ...env } }).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      (error: { code?: number; stdout?: string; stderr?: string }) => ({
        code: error.code ?? -1,
        out: `${error.stdout ?? ''}${error.stderr ?? ''}`,
      }),
    )
  }
  beforeAll(async () => {
    if (kind === 'postgres') {
      const database = await createDatabase<Tables>(kind)
      ;({ from, env } = database)
      drop = () => database.close()
    } else {
      const home = await mkdtemp(join(tmpdir(), 'everdesk-audit-'))
      from = { home }
      env = { EVERDESK_HOME: home }
      drop = () => rm(home, { recursive: true, force: true })
    }
    const { kernel, close } = await createTestKernel('pglite')
    await inStore(async (opened) => {
      await migrate(opened)
      for (const subject of ['one', 'two', 'three']) {
        const row = { tenant_id: 'default', actor: 'agent_mia', action: 'note.added', subject, at: new Date() }
        await opened.db.insertInto('audit_log').values(row).execute()
      }
      await chainAudit({ ...kernel, db: opened.db })
    })
    await close()
  })
  afterAll(() => drop())

  test('a log that holds ends with 0 and names its head; one that does not ends with 1 and names the row', async () => {
    const good = await verify()
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining('The audit log holds: 3 rows') as string })
    const head = /head is (\d+:[0-9a-f]{64})/.exec(good.out)?.[1] ?? ''
    expect((await verify('--anchor', head)).code).toBe(0)
    expect((await verify('--anchor', `3:${'0'.repeat(64)}`)).out).toContain('does not go through the given anchor')

    await inStore(async ({ db }) => {
      await sql`alter table audit_log disable trigger user`.execute(db)
      await sql`update audit_log set actor = 'agent_tom' where position = 2`.execute(db)
    })
    const bad = await verify()
    expect(bad.code).toBe(1)
    expect(bad.out).toContain('BROKEN at position 2, row 2')
    expect(JSON.parse((await verify('--json')).out)).toMatchObject({ broken: { position: 2, problem: 'changed' } })
  })
})
