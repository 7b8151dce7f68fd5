// Rule 17: tenants share a store and see nothing of each other.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaseOverdue } from '../../src/kernel/lease-overdue.ts'
import { turnsInFlight } from '../../src/kernel/reads/load.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

describe.each(databaseKinds())('tenants on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('Rule 17: a relay rings only its own tenant, and nobody reads another tenant’s conversation', async () => {
    const id = await it.begin('first')
    it.advance(5000)
    const other = { ...it.kernel, tenant: 'other' }
    const request = { grace: 2000, silence: 10_000, most: 100, slots: 100 }
    expect(await leaseOverdue(other, request)).toEqual([])
    expect((await turnsInFlight(other)).count).toBe(0)
    const { takeNext } = await import('../../src/kernel/take-next.ts')
    expect(await takeNext(other, { conversationId: id, events: 1 })).toBeNull()
    expect((await leaseOverdue(it.kernel, request)).map((row) => row.id)).toEqual([id])
  })

  test('Rule 17: every table of the store names the tenant', async () => {
    const { rows } = await it.database.pool.query<{ table_name: string }>(
      `select t.table_name from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
         and not exists (select 1 from information_schema.columns c where c.table_schema = 'public'
           and c.table_name = t.table_name and c.column_name = 'tenant_id')`,
    )
    expect(rows.map((row) => row.table_name).filter((name) => name !== 'schema_migrations')).toEqual([])
  })
})
