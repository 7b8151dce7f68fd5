// Rule 6: what a conversation waits for has a time, and what happens when it comes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/policy.ts'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe.each(databaseKinds())('waiting on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('Rule 6: wake_at follows what is waited for: message, turn, quiet, handoff, and a person who has it', async () => {
    const id = await it.begin('first')
    expect(await it.wake(id)).toBe(it.now())
    it.advance(500)
    const turn = await it.turn(id)
    expect(await it.wake(id)).toBe(it.now() + 120_000)
    await it.write(id, 'second')
    expect(await it.wake(id)).toBe(it.now() + 120_000)
    await it.reply(id, turn)
    expect(await it.wake(id)).toBe(it.now())
    await it.reply(id, await it.turn(id))
    expect(await it.wake(id)).toBe(it.now() + 10 * minute)
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    expect(await it.wake(id)).toBe(it.now())
    expect(await it.take(id)).toMatchObject({ kind: 'settle' })
    expect(await it.wake(id)).toBe(it.now() + 15_000)
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: it.now() + 15 * minute })
    await claimHandoff(it.kernel, { handoffId: (await it.handoff(id)).id, agent: mia })
    expect(await it.wake(id)).toBe(it.now() + 15 * minute)
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: it.now() + 15 * minute })
  })

  test('Rule 6: takeNext never idles with a wake_at in the past, at any time of a long silence', async () => {
    const id = await it.answered()
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
    const id = await it.answered()
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
    const id = await it.answered()
    it.advance(9 * minute)
    await it.write(id, 'second')
    expect(await it.row(id)).toMatchObject({ quiet_at: null, quiet_stage: null })
    await it.reply(id, await it.turn(id))
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    it.advance(30 * day)
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: it.now() + day, standing: { status: 'open' } })
    expect((await it.messages(id)).map(({ role }) => role)).toEqual(['customer', 'ai', 'customer', 'ai'])
  })

  test('H4: a handoff nobody takes is offered again more urgently, and the customer is told three times, then not any more', async () => {
    const id = await it.answered()
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    const offers: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const { deadline_at, priority } = await it.handoff(id)
      offers.push(priority)
      it.advance(deadline_at.getTime() - it.now())
      await Promise.all([it.take(id), it.take(id)])
      expect(await it.wake(id)).toBeGreaterThan(it.now())
    }
    expect(offers).toEqual(['normal', 'high', 'urgent', 'urgent', 'urgent'])
    expect((await it.messages(id)).slice(3).map(({ text }) => text)).toEqual([
      'text: handoff_still_waiting',
      'text: handoff_late_again',
      'text: handoff_no_time',
    ])
  })

  test('C7: an idle run is told to renew once its history has the length the desk names', async () => {
    const id = await it.answered()
    const { takeNext } = await import('../../src/kernel/take-next.ts')
    const at = async (events: number) => (await takeNext(it.kernel, { conversationId: id, events }))?.next
    const { renewAfterEvents } = DEFAULT_POLICY
    expect(await at(renewAfterEvents - 1)).not.toHaveProperty('renew')
    expect(await at(renewAfterEvents)).toMatchObject({ kind: 'idle', renew: true })
    await it.write(id, 'second')
    expect(await at(5000)).toMatchObject({ kind: 'turn' })
  })
})
