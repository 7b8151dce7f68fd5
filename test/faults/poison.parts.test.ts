// A message, or an answer of a tool, that the code cannot bear, however often it is tried: it ends as an honest note and with a
// person, and whoever comes next is served as ever (P1, P3, P6, P7).
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { written } from '../support/desks/trouble.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

let model: ScriptedModel
let desk: Everdesk
beforeAll(async () => {
  model = await startScriptedModel()
  desk = await startEverdesk({
    desk: 'test/support/desks/trouble.ts',
    model,
    policy: { effects: { sendLease: 2000, retryFirst: 200, retryMost: 1000 } },
  })
})
afterAll(async () => {
  await desk?.close()
  await model?.close()
})
afterEach(() => model.reset())

const call = (tool: string, args: Record<string, unknown> = {}) => ({ calls: [{ tool, arguments: args }] })
const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const PATIENCE = 60_000

/** One note that says so, one live handoff, and nothing left waiting. */
async function expectPersonHasIt(conversationId: string): Promise<void> {
  const messages = await desk.settled(conversationId, PATIENCE)
  expect(messages.map(({ role }) => role)).toEqual(['customer', 'system'])
  expect(messages[1]).toMatchObject({ in_reply_to: [messages[0]?.id] })
  expect(messages[1]?.text).toContain('I could not finish this')
  const handoffs = await desk.db
    .selectFrom('handoffs')
    .select(['state'])
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(handoffs).toEqual([{ state: 'offered' }])
  expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'human', open_turn: null })
}

/** A person answers it and hands back; the AI serves what comes next. */
async function expectAiServes(conversationId: string): Promise<void> {
  await replyAsPerson(desk.kernel, {
    conversationId,
    agent: mia,
    message: { text: 'Mia here, done.' },
    takeOver: true,
  })
  await handBack(desk.kernel, { conversationId, actor: mia })
  model.answers({ text: 'the AI is back' })
  await desk.send(conversationId, '[order] and now?')
  expect((await desk.settled(conversationId, PATIENCE)).at(-1)).toMatchObject({ role: 'ai', text: 'the AI is back' })
  expect((await desk.handle(conversationId).describe()).status.name).toBe('RUNNING')
}

describe('P1: what throws on every attempt ends as one honest note with a person, and the next message is served', () => {
  test('a text that the desk’s own rules cannot bear, so that no turn can begin; other conversations notice nothing', async () => {
    const { conversationId } = await desk.start('[poison] hello')
    model.answers({ text: 'served as ever' })
    const other = await desk.start('[order] where is 12345?', 'cust_1002')
    expect((await desk.settled(other.conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'served as ever' })
    await expectPersonHasIt(conversationId)
    await expectAiServes(conversationId)
  })

  test('a poison that comes later, together with a harmless message', async () => {
    model.answers({ text: 'the first answer' })
    const { conversationId } = await desk.start('[order] hello')
    await desk.settled(conversationId)
    // Nobody rings for the first, so that both are there when the run asks.
    await acceptMessage(desk.kernel, {
      conversationId,
      customer: { id: 'cust_1001' },
      message: { text: '[order] harmless', masked: false },
    })
    await desk.send(conversationId, '[poison] now')
    const messages = await desk.settled(conversationId, PATIENCE)
    expect(messages.filter(({ role }) => role === 'customer').map(({ status }) => status)).not.toContain('accepted')
    expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'human', open_turn: null })
    await expectAiServes(conversationId)
  })

  test('an answer that cannot be finished after what a tool said', async () => {
    model.answers(call('broken_citation'), ...Array.from({ length: 8 }, () => ({ text: 'see [nothing]' })))
    const { conversationId } = await desk.start('[order] hello')
    await expectPersonHasIt(conversationId)
    model.reset()
    await expectAiServes(conversationId)
  })

  test('a brief that no ticket can be made of: the person gets the conversation without one', async () => {
    const { conversationId } = await desk.start('[poison] [no ticket] hello')
    await expectPersonHasIt(conversationId)
    model.answers(...Array.from({ length: 8 }, () => ({ status: 400 })))
    const second = await desk.start('[order] [no ticket] hello', 'cust_1002')
    await expectPersonHasIt(second.conversationId)
    model.reset()
    await expectAiServes(conversationId)
  })
})

test('A8: a tool whose input is changed while it is parsed is offered and runs', async () => {
  model.answers(call('transforming_read', { order: '12345' }), (prompt) => {
    expect(prompt.messages.at(-1)?.content).toContain('"length":5')
    return { text: 'five digits' }
  })
  const { conversationId } = await desk.start('[order] hello')
  expect((await desk.settled(conversationId)).at(-1)?.text).toBe('five digits')
})

test('P1: a read whose answer holds what no store keeps is cleaned and told', async () => {
  model.answers(call('nul_read'), (prompt) => {
    expect(prompt.messages.at(-1)?.content).toContain('half done')
    return { text: 'read' }
  })
  const { conversationId } = await desk.start('[order] hello')
  expect((await desk.settled(conversationId, PATIENCE)).at(-1)?.text).toBe('read')
})

test.each(['nul_write', 'circular_write'])(
  'P3: a write that answers with what no store keeps (%s) is settled all the same: done once, and said',
  async (name) => {
    model.answers(call(name), { text: 'It is done.' })
    const { conversationId } = await desk.start('[order] please')
    expect((await desk.settled(conversationId, PATIENCE)).at(-1)).toMatchObject({ role: 'ai', text: 'It is done.' })
    const effects = await desk.db
      .selectFrom('effects')
      .select(['tool', 'state'])
      .where('conversation_id', '=', conversationId)
      .execute()
    expect(effects).toEqual([{ tool: name, state: 'settled' }])
    expect(written.get(conversationId)).toBe(1)
  },
)

describe('P8: an answer of three megabytes, past what Temporal takes in one payload', () => {
  test.each([
    { how: 'a read', tool: 'huge_read', text: '[order] please' },
    { how: 'a quick read', tool: 'huge_quick_read', text: '[order] please' },
    { how: 'a write', tool: 'huge_write', text: '[order] please' },
    { how: 'a prefetched read', tool: null, text: '[huge] please' },
  ])('of $how: the turn ends well, and the prompt holds the desk’s share of it', async ({ tool, text }) => {
    const most = [...desk.kernel.desks.values()][0]?.policy.turn.toolResultLength ?? 0
    if (tool) model.answers(call(tool))
    model.answers((prompt) => {
      const seen = prompt.messages.find(({ content }) => content?.includes('xxxx'))?.content ?? ''
      expect(seen).toMatch(/the result has 3\d{6} characters/)
      expect(seen.length).toBeLessThan(most + 100)
      expect(JSON.stringify(prompt.messages).length).toBeLessThan(most + 20_000)
      return { text: 'that was long' }
    })
    const { conversationId } = await desk.start(text)
    const messages = await desk.settled(conversationId, PATIENCE)
    expect(messages.map(({ role, text }) => [role, text])).toEqual([
      ['customer', text],
      ['ai', 'that was long'],
    ])
    const { events } = await desk.handle(conversationId).fetchHistory()
    expect(JSON.stringify(events)).not.toContain('xxxx')
    expect(JSON.stringify(events).length).toBeLessThan(100_000)
  })
})
