// What a closed conversation keeps, and that nothing a promise needs went with the rest, on both kinds of store.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { addNote } from '../../src/kernel/add-note.ts'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { loadCall } from '../../src/kernel/load-call.ts'
import { beginSend, endEffect, intendEffect } from '../../src/kernel/move-effect.ts'
import { eventsAfter } from '../../src/kernel/reads/events.ts'
import { transcript } from '../../src/kernel/reads/messages.ts'
import { recordToolResult } from '../../src/kernel/record-tool-result.ts'
import { ruleOnEffect } from '../../src/kernel/rule-on-effect.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, writeCall } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const citation = { document: 'returns', title: 'Returns', passage: 'Thirty days.' }
const readCall = {
  tool: 'look',
  input: { order: '12345' },
  run: true,
  effect: 'read',
  quick: true,
  digest: 'd',
} as const

describe.each(databaseKinds())('at rest on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  const steps = (id: string) =>
    it.db.selectFrom('steps').selectAll().where('conversation_id', '=', id).orderBy('turn').orderBy('ordinal').execute()
  const close = (id: string) => closeByCommand(it.kernel, { conversationId: id, actor: mia })
  const looked = (id: string, turn: number) =>
    recordToolResult(it.kernel, {
      conversationId: id,
      turn,
      call: '1-0',
      tool: 'look',
      ordinal: 1001,
      kind: 'tool',
      result: { outcome: 'ok', data: { address: 'Lime Street 1' }, citations: [citation] },
    })
  /** One turn with a read, replied to. */
  const repliedAfterRead = async () => {
    const id = await it.begin('where is it')
    const turn = await it.turn(id)
    await it.ask(id, turn, [readCall])
    await looked(id, turn)
    await it.reply(id, turn, 'on its way')
    return { id, turn }
  }

  test('what tools returned goes when the conversation closes; that they were tried, and how it ended, stays', async () => {
    const { id } = await repliedAfterRead()
    expect(JSON.stringify(await steps(id))).toContain('Lime Street')
    await close(id)
    expect((await steps(id)).map(({ kind, tool, outcome, content }) => [kind, tool, outcome, content])).toEqual([
      ['model', null, null, {}],
      ['tool', 'look', 'ok', {}],
    ])
  })

  test('P4: replayed from the beginning after the close, the stream tells what it told before it', async () => {
    const { id } = await repliedAfterRead()
    await addNote(it.kernel, { conversationId: id, agent: mia, text: 'a note' })
    const before = await eventsAfter(it.kernel, id, 0, 100)
    await close(id)
    const after = await eventsAfter(it.kernel, id, 0, 100)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.map(({ seq }) => seq)).toEqual(after.map((_, index) => index + 1))
    const { data } = await transcript(it.kernel, id, { limit: 10, notes: true })
    const said = data.filter(({ role }) => role !== 'customer')
    const shown = after.flatMap(({ data: { message } }) => (message === undefined ? [] : [message]))
    expect(shown).toEqual(said)
    expect(said.map(({ role, text }) => [role, text])).toEqual([
      ['ai', 'on its way'],
      ['note', 'a note'],
    ])
  })

  test('a message is stored once: its event holds no word of it', async () => {
    const { id } = await repliedAfterRead()
    const told = (await it.events(id)).find(({ type }) => type === 'message-completed')
    expect(told?.data).toEqual({})
    // A page of the stream that begins or ends at the message has it all the same.
    const [alone] = await eventsAfter(it.kernel, id, Number(told?.seq) - 1, 1)
    expect(alone?.data).toMatchObject({ message: { seq: told?.seq, text: 'on its way' } })
  })

  test('P2: a message id that was used before the close is the same message after it', async () => {
    const { id } = await repliedAfterRead()
    const say = () =>
      acceptMessage(it.kernel, {
        conversationId: id,
        customer: { id: 'cust_1001' },
        message: { id: 'mine-1', text: 'again', masked: false },
      })
    const first = await say()
    await it.reply(id, await it.turn(id))
    await close(id)
    expect(await say()).toMatchObject({ repeated: true, message: { id: first.message.id, seq: first.message.seq } })
    expect(await it.row(id)).toMatchObject({ status: 'closed' })
  })

  test('C6: reopened, a turn finds its memory, and a person reads what was tried before the close', async () => {
    const { id } = await repliedAfterRead()
    await close(id)
    await it.write(id, 'me again')
    const turn = await it.turn(id)
    const begun = await beginAnswer(it.kernel, { conversationId: id, turn, round: 1 })
    if (begun.kind !== 'go') throw new Error(begun.kind)
    expect(begun.material.messages.map(({ text }) => text)).toEqual(['where is it', 'on its way', 'me again'])
    await it.ask(id, turn, [readCall])
    expect(await loadCall(it.kernel, { conversationId: id, turn, call: '1-0' })).toMatchObject({
      call: { input: { order: '12345' } },
    })
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    expect((await it.handoff(id)).brief.tried).toEqual([{ tool: 'look', outcome: 'ok', came_back: '' }])
  })

  test('Rule 4: whoever still works on a turn from before the close is stale', async () => {
    const { id, turn } = await repliedAfterRead()
    await close(id)
    const before = await it.events(id)
    expect(await loadCall(it.kernel, { conversationId: id, turn, call: '1-0' })).toBeNull()
    expect(await looked(id, turn)).toEqual({ outcome: 'stale' })
    expect(await it.ask(id, turn, [readCall])).toEqual({ kind: 'stale' })
    expect(await it.reply(id, turn)).toEqual({ kind: 'stale' })
    expect(await it.events(id)).toEqual(before)
  })

  test('P3: the ledger keeps a write whole, and late proof of it still counts after the close', async () => {
    const id = await it.begin('cancel it')
    const turn = await it.turn(id)
    const input = { order: `at-rest-${kind}` }
    await it.ask(id, turn, [writeCall('cancel_order', input)])
    const call = { conversationId: id, turn, call: '1-0', tool: 'cancel_order', input }
    const intended = await intendEffect(it.kernel, { ...call, businessKey: null, repeatable: false })
    if (intended.kind !== 'effect') throw new Error(intended.kind)
    const { id: effect } = intended.effect
    await beginSend(it.kernel, { conversationId: id, effect })
    const ended = (state: 'unknown' | 'settled') =>
      endEffect(it.kernel, {
        conversationId: id,
        effect,
        state,
        result: { outcome: state === 'settled' ? 'ok' : state, data: { state } },
      })
    await ended('unknown')
    await it.reply(id, turn)
    await ruleOnEffect(it.kernel, { effectId: effect, person: mia, outcome: 'did_not_happen', note: 'no trace' })
    await close(id)
    expect(await it.row(id)).toMatchObject({ status: 'closed' })
    expect(await it.effects(id)).toMatchObject([{ id: effect, arguments: input, state: 'refused' }])
    expect(await ended('settled')).toMatchObject({ state: 'settled', outcome: { state: 'settled' } })
  })
})
