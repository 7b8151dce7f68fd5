// A run is terminated in mid-turn, from the Web UI or the CLI (P1, P2, P3, C11): the turn goes on in a new run, with one reply
// and one effect. That a bell goes on with the turn, and that the relay rings when nobody does, stands in
// test/workflows/conversation.parts.test.ts; here something has been done already when it happens.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

let model: ScriptedModel
let desk: Everdesk
beforeAll(async () => {
  model = await startScriptedModel()
  desk = await startEverdesk({
    desk: 'test/support/desks/rehearsal.ts',
    model,
    policy: { effects: { sendLease: 8000, retryFirst: 200, retryMost: 1000 } },
  })
})
afterAll(async () => {
  await desk?.close()
  await model?.close()
})
afterEach(async () => {
  await desk.heal()
  model.reset()
})

const call = (tool: string, args: Record<string, unknown> = {}) => ({ calls: [{ tool, arguments: args }] })
const PATIENCE = 60_000

/** One turn, one reply, one effect in our ledger and in that of the back end. */
async function expectOnce(conversationId: string, tool: string, text: string): Promise<void> {
  const messages = await desk.settled(conversationId, PATIENCE)
  expect(messages.map(({ role }) => role)).toEqual(['customer', 'ai'])
  expect(messages[1]?.text).toBe(text)
  const turns = await desk.db
    .selectFrom('turns')
    .select(['number', 'state'])
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(turns).toEqual([{ number: 1, state: 'done' }])
  const { key, ...effect } = await desk.db
    .selectFrom('effects')
    .select(['tool', 'state', 'key'])
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  expect(effect).toEqual({ tool, state: 'settled' })
  const happened = (await desk.ledger()).filter((row) => [row['idempotency_key'], row['reference']].includes(key))
  expect(happened).toHaveLength(1)
}

const writing = (conversationId: string) =>
  desk.db
    .selectFrom('effects')
    .select(['state', 'key'])
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()

test('P1: between a write and the reply, and nobody rings: the relay does, and nothing is written again', async () => {
  model.answers(call('apply_credit', { cents: 801 }), { stall: true }, { text: 'The voucher has been booked.' })
  const { conversationId } = await desk.start('[account] please')
  await desk.until(async () => model.calls.length === 2, 'the write is done and the model is asked again')
  await desk.handle(conversationId).terminate('a test')
  await expectOnce(conversationId, 'apply_credit', 'The voucher has been booked.')
  expect(model.calls).toHaveLength(3)
})

test.each(['apply_credit', 'reset_password'])(
  'P3: during a write (%s), at once rung again: two attempts at the same time are one effect',
  async (tool) => {
    const slow = tool === 'apply_credit' ? ['billing', 'ApplyCredit'] : ['crm', 'reset_password']
    await desk.fault({ target: slow[0], operation: slow[1], kind: 'slow', delay_ms: 1500, count: 1 })
    model.answers(call(tool, tool === 'apply_credit' ? { cents: 802 } : {}), { text: 'It is done.' })
    const { conversationId } = await desk.start('[account] please')
    await desk.until(async () => (await writing(conversationId))?.state === 'sent', 'it is sent')
    await desk.handle(conversationId).terminate('a test')
    await desk.ring(conversationId)
    await expectOnce(conversationId, tool, 'It is done.')
  },
)

test('P2: again and again, at every moment of a turn: one reply and one effect', async () => {
  const spare = Array.from({ length: 20 }, () => ({ text: 'It is done.' }))
  model.answers(call('apply_credit', { cents: 803 }), ...spare)
  const { conversationId } = await desk.start('[account] please')
  const open = async () => (await desk.conversation(conversationId)).last_turn === 0 || (await isOpen(conversationId))
  for (let n = 0; n < 15 && (await open()); n += 1) {
    await desk
      .handle(conversationId)
      .terminate('a test')
      .catch(() => undefined)
    await desk.ring(conversationId)
    // Each time a little further into the turn.
    await new Promise((resolve) => setTimeout(resolve, 20 * n))
  }
  await expectOnce(conversationId, 'apply_credit', 'It is done.')
})

const isOpen = async (id: string): Promise<boolean> => (await desk.conversation(id)).open_turn !== null
