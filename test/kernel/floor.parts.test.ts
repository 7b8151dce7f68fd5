// Rule 5 where it holds: who may speak is in the row, and whatever moves the floor sweeps alike.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { handOver } from '../../src/kernel/hand-over.ts'
import { beginSend, intendEffect } from '../../src/kernel/move-effect.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, writeCall } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('the floor on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  const passes = {
    claim: async (id: string) => {
      await escalate(it.kernel, { conversationId: id, reason: 'operator' })
      await claimHandoff(it.kernel, { handoffId: (await it.handoff(id)).id, agent: mia })
    },
    takeOver: (id: string) => takeOver(it.kernel, { conversationId: id, agent: mia }),
    escalation: (id: string) => escalate(it.kernel, { conversationId: id, reason: 'anger' }),
    'the AI’s own hand-over': (id: string) => handOver(it.kernel, { conversationId: id, turn: 1, reason: 'anger' }),
  }
  test.each(Object.entries(passes))(
    'Rule 5: %s raises the floor, abandons the turn, refuses unsent writes and hands every message over',
    async (_name, pass) => {
      const id = await it.begin('first')
      const turn = await it.turn(id)
      await it.ask(id, turn, [writeCall('w', { to: 'x' })])
      const wish = { conversationId: id, turn, call: '1-0', tool: 'w', input: { to: id } }
      const intended = await intendEffect(it.kernel, { ...wish, businessKey: `lock/${id}`, repeatable: false })
      if (intended.kind !== 'effect') throw new Error(intended.kind)
      await it.write(id, 'second')
      await pass(id)

      const row = await it.row(id)
      expect(row).toMatchObject({ controlled_by: 'human', open_turn: null, status: 'open' })
      expect(row.floor).toBeGreaterThan(1)
      const customers = (await it.messages(id)).filter(({ role }) => role === 'customer')
      expect(customers.map(({ status }) => status)).toEqual(['handed_off', 'handed_off'])
      expect((await it.turns(id))[0]?.state).not.toBe('open')
      const [write] = (await it.effects(id)).filter(({ tool }) => tool === 'w')
      expect(write).toMatchObject({ state: 'refused', outcome: { code: 'turn_ended' } })
      // The late words and the late send of the turn that was swept.
      expect(await it.reply(id, turn, 'too late')).toEqual({ kind: 'stale' })
      const sending = await beginSend(it.kernel, { conversationId: id, effect: intended.effect.id })
      expect(sending).toMatchObject({ moved: false, effect: { state: 'refused' } })
      expect((await it.messages(id)).some(({ role }) => role === 'ai')).toBe(false)
    },
  )

  test('Rule 5: an intended write is not sent once the floor has moved under an open row', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const wish = { conversationId: id, turn, call: '1-0', tool: 'w', input: { to: id } }
    const intended = await intendEffect(it.kernel, { ...wish, businessKey: null, repeatable: false })
    if (intended.kind !== 'effect') throw new Error(intended.kind)
    await it.db.updateTable('conversations').set({ controlled_by: 'human' }).where('id', '=', id).execute()
    const sending = await beginSend(it.kernel, { conversationId: id, effect: intended.effect.id })
    expect(sending).toMatchObject({ stale: true, moved: false, effect: { state: 'intended' } })
  })

  test('Rule 5: under a person messages are handed off and takeNext begins no turn; hand-back gives both back', async () => {
    const id = await it.begin('first')
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.write(id, 'second')
    expect((await it.messages(id)).map(({ status }) => status)).toEqual(['handed_off', 'handed_off'])
    expect((await it.take(id)).kind).not.toBe('turn')
    expect(await it.turns(id)).toEqual([])
    const { floor } = await it.row(id)
    await handBack(it.kernel, { conversationId: id, actor: mia, note: 'be kind' })
    expect(await it.row(id)).toMatchObject({ floor: floor + 1, controlled_by: 'ai', hand_back_note: 'be kind' })
    const turn = await it.turn(id)
    const begun = await beginAnswer(it.kernel, { conversationId: id, turn, round: 1 })
    expect(begun).toMatchObject({ kind: 'go', material: { handBackNote: 'be kind' } })
    await it.reply(id, turn)
    expect(await it.row(id)).toMatchObject({ hand_back_note: null, status: 'pending' })
    expect((await it.messages(id)).at(-1)?.in_reply_to).toHaveLength(2)
  })

  test('Rule 5: reply and takeover at the same moment: the AI’s words are in before the person, or not at all', async () => {
    for (let n = 0; n < 10; n += 1) {
      const id = await it.begin(`race ${n}`)
      const turn = await it.turn(id)
      const [replied] = await Promise.all([it.reply(id, turn), takeOver(it.kernel, { conversationId: id, agent: mia })])
      const events = await it.events(id)
      const answered = (await it.messages(id)).find(({ role }) => role === 'ai')
      const claimed = events.find(({ type }) => type === 'handoff-claimed')?.seq ?? 0
      expect(replied.kind).toBe(answered ? 'committed' : 'stale')
      expect(answered?.seq ?? 0).toBeLessThan(claimed)
    }
  })
})
