// The queue of people [H5]: its views, their order, filters, search and pages, on both stores.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escalate } from '../../src/kernel/escalate.ts'
import { listQueue, type QueueFilter } from '../../src/kernel/reads/queue.ts'
import { countsFor, queueSnapshot } from '../../src/kernel/reads/queue-counts.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { refusalOf } from '../support/refusal.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const minute = 60_000

describe.each(databaseKinds())('the queue on %s', (kind) => {
  let it: Story
  let ids: Record<'normal' | 'urgent' | 'claimed' | 'quiet', string>
  const list = async (filter: Partial<QueueFilter> & Pick<QueueFilter, 'view'>, limit = 20, cursor?: string) =>
    listQueue(it.kernel, { personId: mia.id, ...filter }, { limit, cursor })
  const conversations = async (filter: Partial<QueueFilter> & Pick<QueueFilter, 'view'>) =>
    (await list(filter)).data.map((row) => row.conversation_id)

  beforeAll(async () => {
    it = await createStory(kind)
    const begin = async (text: string, as: string) => {
      const id = await it.begin(text, as)
      it.advance(1000)
      return id
    }
    ids = {
      normal: await begin('I want  a person\n for order 22345', 'cust_1'),
      urgent: await begin('I smell 100%_gas', 'cust_2'),
      claimed: await begin('take me', 'cust_3'),
      quiet: await begin('only a question', 'cust_4'),
    }
    await it.db.updateTable('customers').set({ name: 'Ada Park', tier: 'premium' }).where('id', '=', 'cust_1').execute()
    await it.db
      .updateTable('conversations')
      .set({ facts: JSON.stringify([{ kind: 'order', value: '98765' }]), intent: 'order' })
      .where('id', '=', ids.claimed)
      .execute()
    await escalate(it.kernel, { conversationId: ids.normal, reason: 'person_requested' })
    it.advance(minute)
    await escalate(it.kernel, { conversationId: ids.urgent, reason: 'safety' })
    await takeOver(it.kernel, { conversationId: ids.claimed, agent: mia })
  })
  afterAll(() => it.close())

  test('whoever has least time left comes first, and the overdue before all', async () => {
    const rows = (await list({ view: 'waiting' })).data
    expect(rows.map((row) => row.conversation_id)).toEqual([ids.urgent, ids.normal])
    const [, row] = rows
    expect(row).toMatchObject({
      view: 'waiting',
      customer: { id: 'cust_1', name: 'Ada Park', tier: 'premium' },
      subject: 'I want a person for order 22345',
      channel: 'web',
      status: 'open',
      controlled_by: 'human',
      floor_owner: null,
      reason: 'person_requested',
      priority: 'normal',
      state: 'offered',
      approval_id: null,
      alert_kind: null,
    })
    expect(row?.key).toBe(row?.handoff_id)
    expect(Date.parse(row?.deadline_at ?? '') - Date.parse(row?.offered_at ?? '')).toBe(15 * minute)
  })

  test('what a person has claimed is theirs, and nobody else waits for it', async () => {
    const [row] = (await list({ view: 'mine' })).data
    expect(row).toMatchObject({
      conversation_id: ids.claimed,
      floor_owner: { id: mia.id, name: 'Mia' },
      state: 'claimed',
    })
    expect((await list({ view: 'mine', personId: 'agent_tom' })).data).toEqual([])
  })

  test('all shows what is not closed: by deadline, a first word that is owed too, then the oldest', async () => {
    expect(await conversations({ view: 'all' })).toEqual([ids.urgent, ids.claimed, ids.normal, ids.quiet])
  })

  test('pages follow each other without a gap or a repeat, also while rows come and go', async () => {
    const first = await list({ view: 'all' }, 2)
    const rest = await list({ view: 'all' }, 2, first.next_cursor ?? undefined)
    expect([...first.data, ...rest.data].map((row) => row.conversation_id)).toEqual(
      await conversations({ view: 'all' }),
    )
    expect(rest.next_cursor).toBeNull()
    expect(await refusalOf(list({ view: 'all' }, 2, 'nonsense'))).toBe('invalid_request')
  })

  test('filters narrow a view', async () => {
    expect(await conversations({ view: 'all', reason: 'safety' })).toEqual([ids.urgent])
    expect(await conversations({ view: 'all', priority: 'urgent' })).toEqual([ids.urgent])
    expect(await conversations({ view: 'all', intent: 'order' })).toEqual([ids.claimed])
    expect(await conversations({ view: 'all', channel: 'email' })).toEqual([])
  })

  test('a search finds order numbers, names, ids and words, and takes no character for anything else', async () => {
    const found = (search: string) => conversations({ view: 'all', search })
    expect(await found('98765')).toEqual([ids.claimed])
    expect(await found('ada p')).toEqual([ids.normal])
    expect(await found('cust_4')).toEqual([ids.quiet])
    expect(await found(ids.quiet)).toEqual([ids.quiet])
    expect(await found('ORDER 22345')).toEqual([ids.normal])
    expect(await found('100%_')).toEqual([ids.urgent])
    expect(await found('%')).toEqual([ids.urgent])
    expect(await found("'; drop table messages; --")).toEqual([])
  })

  test('the counts say what the views hold', async () => {
    const snapshot = await queueSnapshot(it.kernel)
    expect(countsFor(snapshot, mia.id)).toMatchObject({ waiting: 2, mine: 1, all: 4, approvals: 0 })
    expect(countsFor(snapshot, '__proto__').mine).toBe(0)
    it.advance(60 * minute)
    const { stuck } = countsFor(await queueSnapshot(it.kernel), mia.id)
    const rows = (await list({ view: 'stuck' })).data
    expect(rows).toHaveLength(stuck)
    expect(rows.map((row) => row.alert_kind)).toContain('handoff_unclaimed')
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
  })

  test('a pending approval waits in its own view', async () => {
    await it.db
      .insertInto('approvals')
      .values({
        tenant_id: 'default',
        desk: 'test-desk',
        id: 'appr_1',
        conversation_id: ids.quiet,
        turn: 1,
        tool: 'refund_order',
        arguments: '{}',
        facts: '{}',
        reasons: '[]',
        text: 'Refund $1.00.',
        digest: 'd',
        policy_version: 'test-1',
        customer_id: 'cust_4',
        kind: 'refund',
        consequence: '',
        what: '',
        needed_role: 'agent',
        needed_people: 1,
        expires_at: new Date(it.now() + minute),
        created_at: new Date(it.now()),
      })
      .execute()
    const [row] = (await list({ view: 'approvals' })).data
    expect(row).toMatchObject({
      key: 'appr_1',
      approval_id: 'appr_1',
      conversation_id: ids.quiet,
      state: 'pending',
      approval_text: 'Refund $1.00.',
    })
    expect((await queueSnapshot(it.kernel)).approvals).toBe(1)
    await sql`delete from approvals`.execute(it.db)
  })
})
