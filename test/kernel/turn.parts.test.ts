// Rules 3, 4, 5 and 15 where they hold: in the store, on both kinds of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { failTurn } from '../../src/kernel/fail-turn.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { handOver } from '../../src/kernel/hand-over.ts'
import { beginSend, intendEffect } from '../../src/kernel/move-effect.ts'
import { recordToolResult } from '../../src/kernel/record-tool-result.ts'
import { commitModelRoute } from '../../src/kernel/route-turn.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import type { RoutingRule } from '../../src/domain/routing.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage, writeCall } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('a turn on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    const known: RoutingRule = {
      name: 'known',
      decide: (text) => (text.includes('[order]') ? { intent: 'order', confidence: 1 } : null),
    }
    it = await createStory(kind, { routingRules: [known] })
  })
  afterAll(() => it?.close())

  const readCall = { tool: 'look', input: {}, run: true, effect: 'read', quick: true, digest: '' } as const
  const result = (id: string, turn: number, call: string, outcome: 'ok' | 'failed' | 'invalid' | 'unknown' = 'ok') =>
    recordToolResult(it.kernel, {
      conversationId: id,
      turn,
      call,
      tool: 'look',
      ordinal: 1001,
      kind: 'tool',
      result: { outcome, data: { outcome } },
    })

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

  test('Rule 4: takeNext returns the open turn unchanged, however often it is asked', async () => {
    const id = await it.begin('first')
    const first = await it.take(id)
    await it.write(id, 'during the turn')
    const again = await Promise.all([it.take(id), it.take(id), it.take(id)])
    expect(again).toEqual([first, first, first])
    expect((await it.messages(id)).map(({ status }) => status)).toEqual(['processing', 'accepted'])
    expect(await it.turns(id)).toHaveLength(1)
  })

  test('C5: everything accepted is one turn, and what comes during it starts the next', async () => {
    const id = await it.begin('one')
    await it.write(id, 'two')
    await it.write(id, 'three')
    const turn = await it.turn(id)
    await it.write(id, 'four')
    await it.reply(id, turn)
    const messages = await it.messages(id)
    const answer = messages.find(({ role }) => role === 'ai')
    expect(answer?.in_reply_to).toEqual(messages.slice(0, 3).map((message) => message.id))
    expect(await it.turn(id)).toBe(2)
    await it.reply(id, 2)
    expect((await it.messages(id)).filter(({ role }) => role === 'customer').map(({ turn }) => turn)).toEqual([
      1, 1, 1, 2,
    ])
  })

  test('Rule 4: the step of a repeated attempt comes back as it was stored, and nobody pays twice', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const first = await it.ask(id, turn, [readCall])
    const second = await it.ask(id, turn, [writeCall('other', {}), readCall])
    expect(second).toEqual(first)
    expect(await beginAnswer(it.kernel, { conversationId: id, turn, round: 1 })).toMatchObject({ kind: 'stored' })
    expect(await it.row(id)).toMatchObject({ cost_usd: '0.001000000' })
    const usages = await it.db.selectFrom('usage').selectAll().where('conversation_id', '=', id).execute()
    expect(usages).toHaveLength(1)
    expect(await it.take(id)).toMatchObject({ kind: 'turn', turn, round: 1 })
  })

  test('Rule 4: the first result of a call counts, and the same one fifty times at once is one event', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    await it.ask(id, turn, [readCall])
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) => result(id, turn, '1-0', n % 2 === 0 ? 'ok' : 'failed')),
    )
    expect(new Set(outcomes.map(({ outcome }) => outcome)).size).toBe(1)
    expect((await it.events(id)).filter(({ type }) => type === 'tool-finished')).toHaveLength(1)
  })

  test('Rule 4: a call that gave up is booked as failed before the next round begins', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    await it.ask(id, turn, [readCall, readCall])
    await result(id, turn, '1-0')
    const begun = await beginAnswer(it.kernel, { conversationId: id, turn, round: 2 })
    if (begun.kind !== 'go') throw new Error(begun.kind)
    expect(begun.material.steps.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['model/1', null],
      ['tool/1-0', 'ok'],
      ['tool/1-1', 'failed'],
    ])
    expect(await result(id, turn, '1-1')).toEqual({ outcome: 'failed' })
  })

  test('Rule 4: attempts are numbered by the store', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const attempts: number[] = []
    for (let n = 0; n < 3; n += 1) {
      const begun = await beginAnswer(it.kernel, { conversationId: id, turn, round: 1 })
      if (begun.kind === 'go') attempts.push(begun.material.turn.attempt)
    }
    expect(attempts).toEqual([1, 2, 3])
  })

  test('Rule 4: every step of an ended turn is stale and changes nothing', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    await it.reply(id, turn)
    const before = { row: await it.row(id), messages: await it.messages(id), events: await it.events(id) }
    const at = { conversationId: id, turn }
    const input = { a: '1' }
    expect(await it.reply(id, turn, 'another')).toEqual({ kind: 'stale' })
    expect(await it.ask(id, turn, [readCall])).toEqual({ kind: 'stale' })
    expect(await beginAnswer(it.kernel, { ...at, round: 1 })).toEqual({ kind: 'stale' })
    expect(await result(id, turn, '1-0')).toEqual({ outcome: 'stale' })
    expect(await failTurn(it.kernel, { ...at, reason: 'deadline' })).toBe('stale')
    expect(await handOver(it.kernel, { ...at, reason: 'anger' })).toBe('stale')
    expect(await commitModelRoute(it.kernel, { ...at, intent: 'order', confidence: 1, usage: usage() })).toEqual({
      kind: 'stale',
      intent: null,
    })
    const wish = { ...at, call: '1-0', tool: 'w', input, businessKey: null, repeatable: false }
    expect(await intendEffect(it.kernel, wish)).toEqual({ kind: 'stale' })
    const after = { row: await it.row(id), messages: await it.messages(id), events: await it.events(id) }
    expect(after).toEqual({ ...before, row: { ...before.row, updated_at: after.row.updated_at } })
  })

  test('Rule 4: a turn, a conversation or a step that never was is stale, not an error', async () => {
    const id = await it.begin('first')
    expect(await it.reply(id, 7)).toEqual({ kind: 'stale' })
    expect(await it.reply('conv_none', 1)).toEqual({ kind: 'stale' })
    expect(await beginAnswer(it.kernel, { conversationId: 'conv_none', turn: 1, round: 1 })).toEqual({ kind: 'stale' })
  })

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

  test('Rule 15: the turn’s deadline counts from takeNext, and past it the failure is told once, with a handoff', async () => {
    const id = await it.begin('first')
    it.advance(3_600_000)
    const next = await it.take(id)
    expect(next).toMatchObject({ kind: 'turn', deadline: it.now() + 120_000 })
    it.advance(120_000)
    expect(await it.take(id)).toMatchObject({ kind: 'turn', turn: 1 })
    it.advance(1)
    const after = await it.take(id)
    expect(after).toMatchObject({ kind: 'settle', standing: { by: 'human' } })
    await it.take(id)
    expect((await it.turns(id))[0]).toMatchObject({ state: 'failed', outcome: 'deadline' })
    const messages = await it.messages(id)
    expect(messages.map(({ role, text, status }) => [role, text, status])).toEqual([
      ['customer', 'first', 'failed'],
      ['system', 'text: failure_note', null],
    ])
    expect(messages[1]?.in_reply_to).toEqual([messages[0]?.id])
    expect(await it.handoff(id)).toMatchObject({ reason: 'deadline', priority: 'high', state: 'offered' })
    expect((await it.effects(id)).map(({ key }) => key)).toEqual([`${(await it.handoff(id)).id}/ticket`])
  })

  test('P1: a turn that fails says so in words of the catalogue, offers a person and writes one ticket', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const fail = () => failTurn(it.kernel, { conversationId: id, turn, reason: 'model_unavailable' })
    expect((await Promise.all([fail(), fail(), fail()])).toSorted()).toEqual(['failed', 'stale', 'stale'])
    expect((await it.messages(id)).map(({ text }) => text)).toEqual(['first', 'text: failure_note'])
    expect(await it.effects(id)).toHaveLength(1)
  })

  test('H1: three failed calls, a sixth round and the budget each hand over before another model call', async () => {
    const three = await it.begin('three')
    const turn = await it.turn(three)
    await it.ask(three, turn, [readCall, readCall, readCall])
    await result(three, turn, '1-0', 'failed')
    await result(three, turn, '1-1', 'invalid')
    expect(await beginAnswer(it.kernel, { conversationId: three, turn, round: 2 })).toEqual({
      kind: 'handed_off',
      reason: 'repeated_failure',
      intent: null,
    })
    const six = await it.begin('six')
    await it.turn(six)
    expect(await beginAnswer(it.kernel, { conversationId: six, turn: 1, round: 6 })).toMatchObject({
      reason: 'too_many_steps',
    })
    const dear = await it.begin('dear')
    await it.turn(dear)
    await it.db.updateTable('conversations').set({ cost_usd: '0.5' }).where('id', '=', dear).execute()
    expect(await beginAnswer(it.kernel, { conversationId: dear, turn: 1, round: 1 })).toMatchObject({
      reason: 'budget',
    })
  })

  test('A1: unsure asks once, and the second time in a row a person is needed', async () => {
    const id = await it.begin('hm')
    const unsure = (turn: number, confidence = 0.4) =>
      commitModelRoute(it.kernel, { conversationId: id, turn, intent: 'order', confidence, usage: usage('classify') })
    expect(await unsure(await it.turn(id))).toMatchObject({ kind: 'asked' })
    expect((await it.messages(id)).at(-1)).toMatchObject({ role: 'ai', text: 'text: ask_intent' })
    await it.write(id, 'hm hm')
    expect(await unsure(await it.turn(id))).toMatchObject({ kind: 'handed_off' })
    expect(await it.handoff(id)).toMatchObject({ reason: 'low_confidence' })
  })

  test('A1: a sure answer in between forgets the doubt of before', async () => {
    const id = await it.begin('hm')
    const route = (turn: number, confidence: number) =>
      commitModelRoute(it.kernel, { conversationId: id, turn, intent: 'order', confidence, usage: usage('classify') })
    await route(await it.turn(id), 0.4)
    await it.write(id, 'clear')
    expect(await route(await it.turn(id), 0.9)).toMatchObject({ kind: 'routed' })
    await it.reply(id, 2)
    await it.write(id, 'hm again')
    expect(await route(await it.turn(id), 0.4)).toMatchObject({ kind: 'asked' })
  })

  test('A1: a route that the rules know for sure forgets the doubt too', async () => {
    const id = await it.begin('hm')
    const unsure = (turn: number) =>
      commitModelRoute(it.kernel, {
        conversationId: id,
        turn,
        intent: 'order',
        confidence: 0.4,
        usage: usage('classify'),
      })
    await unsure(await it.turn(id))
    await it.write(id, '[order] clear')
    await it.reply(id, await it.turn(id))
    await it.write(id, 'hm again')
    expect(await unsure(await it.turn(id))).toMatchObject({ kind: 'asked' })
  })

  test('A3: at most two transfers a turn, each a misroute row; the third goes back to the model', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const to = (name: string) => ({ tool: 'transfer', input: {}, run: false, outcome: 'transfer', to: name }) as const
    for (const [index, name] of ['one', 'two', 'three'].entries()) await it.ask(id, turn, [to(name)], index + 1)
    const misroutes = await it.db.selectFrom('misroutes').selectAll().where('conversation_id', '=', id).execute()
    expect(misroutes.map(({ from_specialist, to_specialist }) => [from_specialist, to_specialist])).toEqual([
      ['none', 'one'],
      ['one', 'two'],
    ])
    expect((await it.turns(id))[0]).toMatchObject({ specialist: 'two', transfers: 2 })
    const steps = await it.db
      .selectFrom('steps')
      .selectAll()
      .where('conversation_id', '=', id)
      .orderBy('ordinal')
      .execute()
    expect(steps.filter(({ kind }) => kind === 'tool').map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'refused'])
  })
})
