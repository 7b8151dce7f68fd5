// Rules 6, 7 and 17: what is waited for, who is rung, and how a conversation closes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { commitSummary, messagesToSummarise } from '../../src/kernel/commit-summary.ts'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { leaseOverdue, type LeaseRequest } from '../../src/kernel/lease-overdue.ts'
import { turnsInFlight } from '../../src/kernel/reads/load.ts'
import { intendEffect } from '../../src/kernel/move-effect.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { turnAlive } from '../../src/kernel/turn-alive.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
/** Closes as an agent does, and gives the row. */
async function closed(it: Story, conversationId: string) {
  await closeByCommand(it.kernel, { conversationId, actor: mia })
  return it.row(conversationId)
}
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe.each(databaseKinds())('waiting on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  const wake = async (id: string) => (await it.row(id)).wake_at?.getTime() ?? null
  const answered = async (text = 'first') => {
    const id = await it.begin(text)
    await it.reply(id, await it.turn(id))
    return id
  }

  test('Rule 6: wake_at follows what is waited for: message, turn, quiet, handoff, and nothing', async () => {
    const id = await it.begin('first')
    expect(await wake(id)).toBe(it.now())
    it.advance(500)
    const turn = await it.turn(id)
    expect(await wake(id)).toBe(it.now() + 120_000)
    await it.write(id, 'second')
    expect(await wake(id)).toBe(it.now() + 120_000)
    await it.reply(id, turn)
    expect(await wake(id)).toBe(it.now())
    await it.reply(id, await it.turn(id))
    expect(await wake(id)).toBe(it.now() + 10 * minute)
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    expect(await wake(id)).toBe(it.now())
    expect(await it.take(id)).toMatchObject({ kind: 'settle' })
    expect(await wake(id)).toBe(it.now() + 15_000)
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: it.now() + 15 * minute })
    await claimHandoff(it.kernel, { handoffId: (await it.handoff(id)).id, agent: mia })
    expect(await wake(id)).toBeNull()
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: null })
  })

  test('Rule 6: takeNext never idles with a wake_at in the past, at any time of a long silence', async () => {
    const id = await answered()
    for (const step of [0, 10 * minute, 1, day, day, 7 * day, 1]) {
      it.advance(step)
      for (let asked = 0; ; asked += 1) {
        const next = await it.take(id)
        if (next.kind === 'done') break
        expect(asked).toBeLessThan(5)
        if (next.kind === 'idle' && next.wakeAt !== null && next.wakeAt > it.now()) break
      }
    }
    expect(await it.row(id)).toMatchObject({ status: 'closed' })
  })

  test('C6: the customer goes quiet: one friendly question, then resolved, then closed; a message reopens it', async () => {
    const id = await answered()
    it.advance(10 * minute - 1)
    await it.take(id)
    expect((await it.messages(id)).at(-1)?.role).toBe('ai')
    it.advance(1)
    await Promise.all([it.take(id), it.take(id), it.take(id)])
    expect((await it.messages(id)).slice(2).map(({ role, text }) => [role, text])).toEqual([
      ['system', 'text: follow_up'],
    ])
    it.advance(day)
    expect(await it.take(id)).toMatchObject({ kind: 'idle', standing: { status: 'resolved' } })
    it.advance(7 * day)
    expect(await it.take(id)).toMatchObject({ kind: 'done', standing: { status: 'closed' } })
    const { floor } = await it.row(id)
    await it.write(id, 'me again')
    expect(await it.row(id)).toMatchObject({ status: 'open', closed_at: null, floor })
    expect(await it.turn(id)).toBe(2)
  })

  test('C6: a message takes the quiet timers away, and under a person none of them counts', async () => {
    const id = await answered()
    it.advance(9 * minute)
    await it.write(id, 'second')
    expect(await it.row(id)).toMatchObject({ quiet_at: null, quiet_stage: null })
    await it.reply(id, await it.turn(id))
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    it.advance(30 * day)
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: null, standing: { status: 'open' } })
  })

  test('H3: a handoff nobody takes is offered again more urgently, and the customer is told once', async () => {
    const id = await answered()
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    const offers: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const { deadline_at, priority } = await it.handoff(id)
      offers.push(priority)
      it.advance(deadline_at.getTime() - it.now())
      await Promise.all([it.take(id), it.take(id)])
      expect(await wake(id)).toBeGreaterThan(it.now())
    }
    expect(offers).toEqual(['normal', 'high', 'urgent', 'urgent', 'urgent'])
    const told = (await it.messages(id)).filter(({ text }) => text === 'text: handoff_still_waiting')
    expect(told).toHaveLength(1)
  })

  test('Rule 7: a close waits for the turn and is carried out by takeNext; closing twice changes nothing', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const close = () => closed(it, id)
    expect(await close()).toMatchObject({ status: 'open', close_requested_by: 'agent_mia' })
    expect(await it.take(id)).toMatchObject({ kind: 'turn' })
    await it.reply(id, turn)
    expect(await wake(id)).toBe(it.now())
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
    const row = await it.row(id)
    expect(row).toMatchObject({ status: 'closed', floor: 2, controlled_by: 'ai', wake_at: null })
    expect(await close()).toMatchObject({ floor: 2 })
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
    expect((await it.events(id)).filter(({ type }) => type === 'conversation-closed')).toHaveLength(1)
  })

  test('Rule 7: closing resolves the handoff and gives the floor back to the AI', async () => {
    const id = await answered()
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    const { floor } = await it.row(id)
    await closed(it, id)
    expect(await it.row(id)).toMatchObject({ status: 'closed', controlled_by: 'ai', floor: floor + 1 })
    expect(await it.handoff(id)).toMatchObject({ state: 'resolved' })
  })

  test('Rule 7: no conversation closes over a write that is not finished', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const wish = { conversationId: id, turn, call: '1-0', tool: 'w', input: {}, businessKey: null, repeatable: false }
    await intendEffect(it.kernel, wish)
    await it.db.updateTable('effects').set({ state: 'unknown' }).where('conversation_id', '=', id).execute()
    await it.reply(id, turn)
    expect(await closed(it, id)).toMatchObject({ status: 'pending' })
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: it.now() + 10 * minute })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
  })

  test('Rule 7: a message cancels a close that waits', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    await closed(it, id)
    await it.write(id, 'wait')
    expect(await it.row(id)).toMatchObject({ close_requested_by: null })
    await it.reply(id, turn)
    expect(await it.turn(id)).toBe(2)
  })

  test('C7: an idle run is told to renew once its history has the length the desk names', async () => {
    const id = await answered()
    const { takeNext } = await import('../../src/kernel/take-next.ts')
    const at = async (events: number) => (await takeNext(it.kernel, { conversationId: id, events }))?.next
    expect(await at(999)).not.toHaveProperty('renew')
    expect(await at(1000)).toMatchObject({ kind: 'idle', renew: true })
    await it.write(id, 'second')
    expect(await at(5000)).toMatchObject({ kind: 'turn' })
  })

  test('C2: after a long talk with a person a summary takes the oldest messages first, never all at once', async () => {
    const id = await it.begin('hello')
    for (let n = 0; n < 70; n += 1) await it.write(id, `message ${n}`)
    const due = await messagesToSummarise(it.kernel, id)
    expect(due?.messages).toHaveLength(50)
    expect(due?.messages[0]?.text).toBe('hello')
  })

  test('C2: a summary is due past twenty messages, and an older one never replaces a newer one', async () => {
    const id = await it.begin('message 0')
    for (let n = 1; n <= 20; n += 1) await it.write(id, `message ${n}`)
    const due = await messagesToSummarise(it.kernel, id)
    expect(due?.messages.map(({ text }) => text)).toEqual(Array.from({ length: 11 }, (_, n) => `message ${n}`))
    const write = (summary: string, through: number) =>
      commitSummary(it.kernel, { conversationId: id, summary, through, usage: usage('summary') })
    await Promise.all([write('newer', 11), write('older', 5)])
    await write('older again', 5)
    expect(await it.row(id)).toMatchObject({ summary: 'newer', summary_through: 11, cost_usd: '0.002000000' })
    expect(await messagesToSummarise(it.kernel, id)).toBeNull()
  })
})

describe.each(databaseKinds())('the relay’s lease on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  const lease = async (request: Partial<LeaseRequest> = {}) =>
    (await leaseOverdue(it.kernel, { grace: 2000, silence: 10_000, most: 100, slots: 100, ...request })).map(
      ({ id }) => id,
    )
  const clear = () => it.db.deleteFrom('conversations').execute()

  test('Rule 6: a conversation is rung once it is overdue by more than the grace, not before', async () => {
    await clear()
    const id = await it.begin('first')
    it.advance(2000)
    expect(await lease()).toEqual([])
    it.advance(1)
    expect(await lease()).toEqual([id])
  })

  test('Rule 6: pauses grow from 2 s to 60 s, and whoever asks the store starts them anew', async () => {
    await clear()
    const id = await it.begin('first')
    it.advance(2001)
    const rung: number[] = []
    const began = it.now()
    for (let second = 0; second <= 200; second += 1) {
      if ((await lease()).length > 0) rung.push((it.now() - began) / 1000)
      it.advance(1000)
    }
    expect(rung).toEqual([0, 2, 6, 14, 30, 62, 122, 182])
    await it.take(id)
    expect(await it.row(id)).toMatchObject({ ring_attempts: 0 })
  })

  test('Rule 6: two relays at the same moment never lease the same conversation', async () => {
    await clear()
    const ids = await Promise.all(Array.from({ length: 40 }, (_, n) => it.begin(`message ${n}`)))
    it.advance(5000)
    const leased = (await Promise.all([lease(), lease(), lease({ most: 10 }), lease()])).flat()
    expect(new Set(leased).size).toBe(leased.length)
    // What was skipped because another relay held it is that one's, or the next look's.
    it.advance(1000)
    const rest = await lease()
    expect([...leased, ...rest].toSorted()).toEqual(ids.toSorted())
  })

  test('Rule 6: above the limit of turns nothing is begun, and the oldest come first', async () => {
    await clear()
    const ids: string[] = []
    for (let n = 0; n < 6; n += 1) {
      ids.push(await it.begin(`message ${n}`))
      it.advance(10)
    }
    it.advance(5000)
    expect(await lease({ slots: 0 })).toEqual([])
    expect(await lease({ slots: 2 })).toEqual(ids.slice(0, 2))
    expect(await lease({ slots: 2 })).toEqual(ids.slice(2, 4))
  })

  test('Rule 6: a full house holds back only what would begin a turn, also behind a long queue', async () => {
    await clear()
    for (let n = 0; n < 6; n += 1) await it.begin(`message ${n}`)
    it.advance(1000)
    const closing = await it.begin('to be closed')
    await it.reply(closing, await it.turn(closing))
    await closed(it, closing)
    await it.db
      .updateTable('conversations')
      .set({ status: 'pending', close_requested_by: 'x', wake_at: new Date(it.now()) })
      .where('id', '=', closing)
      .execute()
    it.advance(5000)
    expect(await lease({ slots: 0, most: 3 })).toEqual([closing])
  })

  test('Rule 6: a turn that gives signs of life is left alone until its deadline; a silent one is rung', async () => {
    await clear()
    const id = await it.begin('first')
    const turn = await it.turn(id)
    expect(await turnsInFlight(it.kernel)).toBe(1)
    for (let n = 0; n < 3; n += 1) {
      it.advance(9000)
      expect(await lease()).toEqual([])
      await turnAlive(it.kernel, { conversationId: id, turn })
    }
    it.advance(10_001)
    expect(await lease({ slots: 0 })).toEqual([id])
    await it.reply(id, turn)
    expect(await turnsInFlight(it.kernel)).toBe(0)
    expect(await lease()).toEqual([])
  })

  test('Rule 6: past its deadline a turn is rung though somebody still works on it', async () => {
    await clear()
    const id = await it.begin('first')
    const turn = await it.turn(id)
    it.advance(122_001)
    await turnAlive(it.kernel, { conversationId: id, turn })
    expect(await lease()).toEqual([id])
  })

  test('Rule 6: nothing is rung for a person’s conversation that waits for nothing, nor for a closed one', async () => {
    await clear()
    const id = await it.begin('first')
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    await it.take(id)
    const over = await it.begin('closed')
    await it.reply(over, await it.turn(over))
    await closed(it, over)
    it.advance(365 * day)
    expect(await lease()).toEqual([])
  })

  test('Rule 17: a relay rings only its own tenant, and nobody reads another tenant’s conversation', async () => {
    await clear()
    const id = await it.begin('first')
    it.advance(5000)
    const other = { ...it.kernel, tenant: 'other' }
    const request = { grace: 2000, silence: 10_000, most: 100, slots: 100 }
    expect(await leaseOverdue(other, request)).toEqual([])
    expect(await turnsInFlight(other)).toBe(0)
    const { takeNext } = await import('../../src/kernel/take-next.ts')
    expect(await takeNext(other, { conversationId: id, events: 1 })).toBeNull()
    expect(await lease()).toEqual([id])
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
