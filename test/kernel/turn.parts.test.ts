// Rules 4 and 15 where they hold: every step of a turn has one outcome, however often it is asked for, and a deadline.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import { failTurn } from '../../src/kernel/fail-turn.ts'
import { handOver } from '../../src/kernel/hand-over.ts'
import { intendEffect } from '../../src/kernel/move-effect.ts'
import { recordToolResult } from '../../src/kernel/record-tool-result.ts'
import { commitModelRoute } from '../../src/kernel/route-turn.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage, writeCall } from '../support/kernel-story.ts'

describe.each(databaseKinds())('a turn on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
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
      ['system', 'text: failure_note text: handoff_nobody_online', null],
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
    expect((await it.messages(id)).at(-1)?.text).toBe('text: failure_note text: handoff_nobody_online')
    expect(await it.messages(id)).toHaveLength(2)
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
})
