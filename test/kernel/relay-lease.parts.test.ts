// Rule 6: which conversations the relay rings, and when.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { leaseOverdue, type LeaseRequest } from '../../src/kernel/lease-overdue.ts'
import { freeSlots, turnsInFlight } from '../../src/kernel/reads/load.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { turnAlive } from '../../src/kernel/turn-alive.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
/** Closes as an agent does, and gives the row. */
async function closed(it: Story, conversationId: string) {
  await closeByCommand(it.kernel, { conversationId, actor: mia })
  return it.row(conversationId)
}
const day = 86_400_000

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
    expect((await turnsInFlight(it.kernel)).count).toBe(1)
    for (let n = 0; n < 3; n += 1) {
      it.advance(9000)
      expect(await lease()).toEqual([])
      await turnAlive(it.kernel, { conversationId: id, turn })
    }
    it.advance(10_001)
    expect(await lease({ slots: 0 })).toEqual([id])
    await it.reply(id, turn)
    expect((await turnsInFlight(it.kernel)).count).toBe(0)
    expect(await lease()).toEqual([])
  })

  test('Rule 6: no turn is added while half of those that run have taken a quarter of their deadline', async () => {
    await clear()
    const running: [id: string, turn: number][] = []
    for (let n = 0; n < 20; n += 1) {
      const id = await it.begin(`message ${n}`)
      running.push([id, await it.turn(id)])
    }
    expect(await turnsInFlight(it.kernel)).toEqual({ count: 20, crowded: false })
    it.advance(30_001)
    const crowded = await turnsInFlight(it.kernel)
    expect(crowded).toEqual({ count: 20, crowded: true })
    expect([freeSlots(crowded, 200), freeSlots({ count: 20, crowded: false }, 200)]).toEqual([0, 180])
    for (const [id, turn] of running.slice(0, 1)) await it.reply(id, turn)
    // Fewer than twenty are never too many: a few that wait for a hanging system hold nobody else back.
    expect(await turnsInFlight(it.kernel)).toEqual({ count: 19, crowded: false })
    for (const [id, turn] of running.slice(1)) await it.reply(id, turn)
  })

  test('Rule 6: turns past their deadline hold nobody back, even if nobody tells them so', async () => {
    await clear()
    for (let n = 0; n < 25; n += 1) await it.turn(await it.begin(`message ${n}`))
    it.advance(30_001)
    expect((await turnsInFlight(it.kernel)).crowded).toBe(true)
    it.advance(90_000)
    expect(await turnsInFlight(it.kernel)).toEqual({ count: 0, crowded: false })
  })

  test('Rule 6: who waits for an answer is rung before a timer that is late', async () => {
    await clear()
    const quiet = await it.answered()
    it.advance(15 * 60_000)
    const waits = await it.begin('now')
    it.advance(2001)
    expect(await lease({ most: 1 })).toEqual([waits])
    expect(await lease({ most: 1 })).toEqual([quiet])
  })

  test('Rule 6: past its deadline a turn is rung though somebody still works on it', async () => {
    await clear()
    const id = await it.begin('first')
    const turn = await it.turn(id)
    it.advance(122_001)
    await turnAlive(it.kernel, { conversationId: id, turn })
    expect(await lease()).toEqual([id])
  })

  test('Rule 6: a person’s conversation is rung when their word is due, a closed one never', async () => {
    await clear()
    const id = await it.begin('first')
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    await it.take(id)
    const over = await it.begin('closed')
    await it.reply(over, await it.turn(over))
    await closed(it, over)
    expect(await lease()).toEqual([])
    it.advance(365 * day)
    expect(await lease()).toEqual([id])
  })
})
