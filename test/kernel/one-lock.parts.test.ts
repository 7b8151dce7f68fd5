// Rule 3 where it holds: one row lock gives every event its place, and a transaction is all or nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('the one lock on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('Rule 3: parallel transactions give gapless, unique seq, in the order in which they commit', async () => {
    const id = await it.begin('first')
    const accepted = await Promise.all(Array.from({ length: 30 }, (_, n) => it.write(id, `message ${n}`)))
    const events = await it.events(id)
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, n) => n + 1))
    const messages = await it.messages(id)
    expect(messages.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq))
    expect(new Set(messages.map(({ id }) => id)).size).toBe(31)
    expect(messages.map(({ id }) => id)).toEqual(expect.arrayContaining(accepted))
    expect(await it.row(id)).toMatchObject({ last_seq: 31 })
  })

  test('Rule 3: messages, turns and commands at the same moment leave no gap and no event twice', async () => {
    const id = await it.begin('first')
    await Promise.all([
      ...Array.from({ length: 8 }, (_, n) => it.write(id, `message ${n}`)),
      ...Array.from({ length: 8 }, () => it.take(id)),
      takeOver(it.kernel, { conversationId: id, agent: mia }),
    ])
    const events = await it.events(id)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(new Set(events.map(({ type, key }) => `${type} ${key}`)).size).toBe(events.length)
    expect((await it.turns(id)).filter(({ state }) => state === 'open')).toEqual([])
  })

  test('Rule 3: an event with a natural key that exists already is refused by the store itself', async () => {
    const id = await it.begin('once')
    const [event] = await it.events(id)
    if (!event) throw new Error('no event')
    const again = it.db.insertInto('events').values({ ...event, seq: 99, data: JSON.stringify(event.data) })
    await expect(again.execute()).rejects.toMatchObject({ code: '23505' })
  })

  test('Rule 3: a transaction that throws leaves nothing behind, not even a seq', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const before = await it.row(id)
    await it.db
      .insertInto('messages')
      .values({
        tenant_id: 'default',
        desk: before.desk,
        conversation_id: id,
        id: (await it.turns(id))[0]?.reply_message_id ?? '',
        customer_id: before.customer_id,
        seq: 1000,
        role: 'system',
        text: 'in the way',
        created_at: new Date(it.now()),
      })
      .execute()
    await expect(it.reply(id, turn)).rejects.toMatchObject({ code: '23505' })
    expect(await it.row(id)).toEqual(before)
    expect((await it.messages(id))[0]).toMatchObject({ status: 'processing' })
  })
})
