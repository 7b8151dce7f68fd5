// Resolutions and deadlines of an idle conversation [C6]: claimed after the quiet window, revoked when the customer returns, and
// shown while they are waited for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { listConversations, readConversation } from '../../src/kernel/reads/conversations.ts'
import { resolutionRates } from '../../src/kernel/reads/load.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { TEST_DESK } from '../support/kernel.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const ada = { id: 'cust_1001', name: 'Ada', role: 'customer' } as const
const { timers, people } = TEST_DESK.policy

describe.each(databaseKinds())('resolutions on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())
  const answered = async () => {
    const id = await it.begin('hello')
    await it.reply(id, await it.turn(id))
    return id
  }
  const quietFor = async (id: string, milliseconds: number) => {
    it.advance(milliseconds)
    return it.take(id)
  }
  const ticketWritten = (id: string) =>
    it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
  const resolutions = (id: string) =>
    it.db.selectFrom('resolutions').selectAll().where('conversation_id', '=', id).orderBy('number').execute()
  const next = async (id: string) => (await readConversation(it.kernel, id))?.next
  const inFuture = (milliseconds: number) => new Date(it.now() + milliseconds).toISOString()
  const statuses = async (id: string) =>
    (await it.events(id)).filter(({ type }) => type === 'status-changed').map(({ data }) => data['status'])

  test('follow-up, resolution and close are shown before they come, and each is told when it came', async () => {
    const id = await it.begin('hello')
    expect(await next(id)).toBeNull()
    await it.reply(id, await it.turn(id))
    expect(await next(id)).toEqual({ kind: 'follow_up', at: inFuture(timers.followUpAfter) })
    await quietFor(id, timers.followUpAfter)
    expect((await it.messages(id)).at(-1)).toMatchObject({ role: 'system', text: 'text: follow_up' })
    expect(await next(id)).toEqual({ kind: 'resolve', at: inFuture(timers.resolveAfter) })
    expect(await resolutions(id)).toEqual([])
    await quietFor(id, timers.resolveAfter)
    expect(await resolutions(id)).toMatchObject([
      { number: 1, resolved_by: 'ai', resolved_at: new Date(it.now()), revoked_at: null },
    ])
    expect(await next(id)).toEqual({ kind: 'close', at: inFuture(timers.closeAfter) })
    await quietFor(id, timers.closeAfter)
    expect(await next(id)).toBeNull()
    expect(await statuses(id)).toEqual(['pending', 'resolved', 'closed'])
    expect(await resolutions(id)).toHaveLength(1)
  })

  test('the customer returns: the resolution is revoked, and another one can be claimed later', async () => {
    const id = await answered()
    await quietFor(id, timers.followUpAfter)
    await quietFor(id, timers.resolveAfter)
    it.advance(1000)
    await it.write(id, 'it still does not work')
    expect(await resolutions(id)).toMatchObject([{ revoked_at: new Date(it.now()) }])
    expect((await it.row(id)).status).toBe('open')
    await it.reply(id, await it.turn(id))
    await quietFor(id, timers.followUpAfter)
    await quietFor(id, timers.resolveAfter)
    expect((await resolutions(id)).map((row) => row.revoked_at === null)).toEqual([false, true])
    expect(await statuses(id)).toEqual(['pending', 'resolved', 'open', 'pending', 'resolved'])
  })

  test('a close claims nothing before its quiet window is over', async () => {
    const id = await answered()
    await closeByCommand(it.kernel, { conversationId: id, actor: ada })
    expect(await resolutions(id)).toMatchObject([{ resolved_at: new Date(it.now() + timers.resolveAfter) }])
    it.advance(timers.resolveAfter / 2)
    await it.write(id, 'one more thing')
    expect(await resolutions(id)).toMatchObject([{ revoked_at: new Date(it.now()) }])
  })

  test('what a person had a hand in is resolved by people, and a question closed over is not resolved', async () => {
    const id = await answered()
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await handBack(it.kernel, { conversationId: id, actor: mia })
    await ticketWritten(id)
    await quietFor(id, timers.followUpAfter)
    await quietFor(id, timers.resolveAfter)
    expect(await resolutions(id)).toMatchObject([{ resolved_by: 'human' }])

    const given = await it.begin('I want a person')
    await escalate(it.kernel, { conversationId: given, reason: 'person_requested' })
    await ticketWritten(given)
    await closeByCommand(it.kernel, { conversationId: given, actor: mia })
    expect((await it.row(given)).status).toBe('closed')
    expect(await resolutions(given)).toEqual([])
  })

  test('a person is waited for until the deadline that the customer was told', async () => {
    it.advance(1000)
    const id = await it.begin('I want a person')
    await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
    const told = { kind: 'handoff', at: inFuture(people.claim.normal) }
    expect(await next(id)).toEqual(told)
    const { data } = await listConversations(it.kernel, {}, { limit: 1 })
    expect(data[0]).toMatchObject({ id, next: told })
  })

  test('the rate counts what stands: resolved alone against what needed people (O1)', async () => {
    const fresh = await createStory(kind)
    try {
      const quiet = async () => {
        const id = await fresh.begin('hello')
        await fresh.reply(id, await fresh.turn(id))
        return id
      }
      const ids = [await quiet(), await quiet(), await quiet()]
      expect(await resolutionRates(fresh.kernel)).toEqual([])
      fresh.advance(timers.followUpAfter)
      for (const id of ids) await fresh.take(id)
      fresh.advance(timers.resolveAfter)
      for (const id of ids) await fresh.take(id)
      expect(await resolutionRates(fresh.kernel)).toEqual([{ intent: 'unknown', rate: 1 }])
      await escalate(fresh.kernel, { conversationId: await fresh.begin('a person'), reason: 'person_requested' })
      expect(await resolutionRates(fresh.kernel)).toEqual([{ intent: 'unknown', rate: 0.75 }])
      await fresh.write(ids[0] ?? '', 'again')
      const [rate] = await resolutionRates(fresh.kernel)
      expect(rate?.rate).toBeCloseTo(2 / 3)
    } finally {
      await fresh.close()
    }
  })
})
