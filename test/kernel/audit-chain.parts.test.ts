// The audit log [T8]: append-only, one chain whoever writes at once, and every way of tampering is found where it was done.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/kernel/actor.ts'
import { addNote } from '../../src/kernel/add-note.ts'
import { auditAccess } from '../../src/kernel/audit-access.ts'
import { chainAudit } from '../../src/kernel/chain-audit.ts'
import { verifyAudit } from '../../src/kernel/verify-audit.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('the audit log on %s', (kind) => {
  let it: Story
  let id: string
  beforeAll(async () => {
    it = await createStory(kind)
    id = await it.begin('hello')
  })
  afterAll(() => it.close())
  const note = (text: string) => addNote(it.kernel, { conversationId: id, agent: mia, text })
  const rows = () => it.db.selectFrom('audit_log').selectAll().orderBy('id').execute()
  const check = (anchor?: { position: number; hash: string }) => verifyAudit(it.kernel, anchor)
  /** As whoever owns the database can. */
  const tamper = async (change: () => Promise<unknown>) => {
    await sql`alter table audit_log disable trigger user`.execute(it.db)
    await change()
    await sql`alter table audit_log enable trigger user`.execute(it.db)
  }
  beforeEach(async () => {
    await tamper(async () => {
      await sql`truncate audit_log, audit_head`.execute(it.db)
    })
    for (const text of ['one', 'two', 'three', 'four', 'five']) await note(text)
  })

  test('rows enter unchained, and get their place and hashes in one chain', async () => {
    expect(await check()).toMatchObject({ rows: 0, unchained: 5, broken: null })
    expect(await chainAudit(it.kernel)).toMatchObject({ chained: 5, head: { position: 5 } })
    await note('six')
    await chainAudit(it.kernel)
    const all = await rows()
    expect(all.map((row) => row.position)).toEqual([1, 2, 3, 4, 5, 6])
    expect(all[0]?.previous_hash).toBe('0'.repeat(64))
    expect(all.slice(1).map((row) => row.previous_hash)).toEqual(all.slice(0, -1).map((row) => row.hash))
    expect(await check()).toEqual({
      rows: 6,
      head: { position: 6, hash: all[5]?.hash },
      unchained: 0,
      broken: null,
    })
  })

  test('nobody changes or deletes a row, nor empties the log, before and after it was chained', async () => {
    const attempts = [
      () => sql`update audit_log set actor = 'somebody'`.execute(it.db),
      () => sql`update audit_log set hash = 'x', previous_hash = 'y', position = 9, actor = 'z'`.execute(it.db),
      () => sql`delete from audit_log`.execute(it.db),
      () => sql`truncate audit_log`.execute(it.db),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/append-only/)
    await chainAudit(it.kernel)
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/append-only/)
    await expect(sql`update audit_log set position = position + 100`.execute(it.db)).rejects.toThrow(/append-only/)
    expect(await rows()).toHaveLength(5)
    expect((await check()).broken).toBeNull()
  })

  test('a changed row is found', async () => {
    await chainAudit(it.kernel)
    const third = (await rows())[2]
    await tamper(() => sql`update audit_log set detail = '{"role": "admin"}' where position = 3`.execute(it.db))
    expect(await check()).toMatchObject({ rows: 2, broken: { position: 3, id: third?.id, problem: 'changed' } })
  })

  test('a deleted row is found, and so is one put into the chain', async () => {
    await chainAudit(it.kernel)
    await tamper(() => sql`delete from audit_log where position = 2`.execute(it.db))
    expect(await check()).toMatchObject({ broken: { position: 2, id: null, problem: 'missing' } })
    await tamper(() =>
      sql`insert into audit_log (tenant_id, actor, action, subject, at, position, previous_hash, hash)
        select tenant_id, 'agent_tom', action, subject, at, 2, hash, repeat('a', 64) from audit_log where position = 1`.execute(
        it.db,
      ),
    )
    expect((await check()).broken).toMatchObject({ position: 2, problem: 'changed' })
  })

  test('rows that changed places are found', async () => {
    await chainAudit(it.kernel)
    await tamper(async () => {
      await sql`update audit_log set position = position + 100 where position in (2, 3)`.execute(it.db)
      await sql`update audit_log set position = 105 - position where position in (102, 103)`.execute(it.db)
    })
    expect((await check()).broken).toMatchObject({ position: 2, problem: 'out_of_chain' })
  })

  test('an end that was cut off is found by the head, and with a rewritten head by an anchor only', async () => {
    await chainAudit(it.kernel)
    const { head } = await check()
    await tamper(() => sql`delete from audit_log where position > 3`.execute(it.db))
    expect((await check()).broken).toEqual({ position: 4, id: null, problem: 'end_missing' })
    await sql`update audit_head set position = 3, hash = (select hash from audit_log where position = 3)`.execute(it.db)
    expect((await check()).broken).toBeNull()
    expect((await check(head)).broken).toEqual({ position: 4, id: null, problem: 'end_missing' })
    for (const text of ['six', 'seven']) await note(text)
    await chainAudit(it.kernel)
    expect((await check()).broken).toBeNull()
    expect((await check(head)).broken).toMatchObject({ position: 5, problem: 'anchor_differs' })
  })

  test('many writers and several workers at once make one chain without a gap', async () => {
    const others = await Promise.all(Array.from({ length: 8 }, (_, index) => it.begin(`hello ${index}`)))
    const writing = others.flatMap((other) =>
      Array.from({ length: 10 }, (_, index) =>
        addNote(it.kernel, { conversationId: other, agent: mia, text: `note ${index}` }),
      ),
    )
    const chaining = Array.from({ length: 6 }, () => chainAudit(it.kernel))
    await Promise.all([...writing, ...chaining])
    await chainAudit(it.kernel)
    expect(await check()).toMatchObject({ rows: 85, unchained: 0, broken: null })
  })

  test.runIf(kind === 'postgres')('a row that commits after later ones were chained gets the next place', async () => {
    let commit = () => undefined as void
    const held = new Promise<void>((resolve) => {
      commit = resolve
    })
    const late = it.db.transaction().execute(async (trx) => {
      await trx
        .insertInto('audit_log')
        .values({ tenant_id: 'default', actor: 'late', action: 'a', subject: 's', at: new Date(it.now()) })
        .execute()
      await held
    })
    await expect
      .poll(
        async () =>
          (
            await sql`select 1 from pg_locks where mode = 'RowExclusiveLock' and relation = 'audit_log'::regclass`.execute(
              it.db,
            )
          ).rows.length,
      )
      .toBeGreaterThan(0)
    await note('six')
    await chainAudit(it.kernel)
    commit()
    await late
    await chainAudit(it.kernel)
    const all = await rows()
    expect(all.find((row) => row.actor === 'late')).toMatchObject({ id: all[5]?.id, position: 7 })
    expect(await check()).toMatchObject({ rows: 7, broken: null })
  })

  test('a look at a customer is written down once a minute for each person', async () => {
    const look = (who: Actor) => auditAccess(it.kernel, who, { action: 'data.read', subject: id, conversationId: id })
    const tom = { ...mia, id: 'agent_tom' }
    const reads = async () => (await rows()).filter(({ action }) => action === 'data.read').map(({ actor }) => actor)
    await Promise.all([look(mia), look(mia), look(tom)])
    await look(mia)
    expect((await reads()).toSorted()).toEqual(['agent_mia', 'agent_tom'])
    it.advance(59_000)
    await look(mia)
    expect(await reads()).toHaveLength(2)
    it.advance(2000)
    await look(mia)
    expect(await reads()).toHaveLength(3)
  })
})
