import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'

let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk()
})
afterAll(() => desk?.close())

const last = async (id: string) => (await desk.settled(id)).at(-1)

test('C10: the status of a named order takes one model call', async () => {
  const { conversationId } = await desk.start('Where is my order 12345?')
  const messages = await desk.settled(conversationId)
  expect(messages.at(-1)?.text).toContain('ZX81-5512-9034')
  const calls = (await desk.ledger()).filter((row) => row['kind'] === 'model_call')
  expect(calls).toHaveLength(1)
})

test('A4: the order specialist tells the status, cancels what may be cancelled once, and reveals nobody else’s order', async () => {
  const { conversationId } = await desk.start('Where is my order 12345?')
  expect((await last(conversationId))?.text).toContain('ZX81-5512-9034')

  await desk.send(conversationId, 'And what about order 22345?')
  const foreign = await last(conversationId)
  expect(foreign).toMatchObject({ role: 'ai' })
  expect(foreign?.text).not.toMatch(/1,249|Ben|Ortiz|delivered/)

  await desk.send(conversationId, 'Please cancel my order 12346.')
  const cancelled = await desk.until(async () => {
    const effects = await desk.db
      .selectFrom('effects')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .execute()
    await desk.settled(conversationId)
    return effects.find(({ tool, state }) => tool === 'cancel_order' && state === 'settled')
  }, 'the cancellation')
  expect((await last(conversationId))?.text).toMatch(/cancel/i)
  const rows = (await desk.ledger()).filter((row) => row['idempotency_key'] === cancelled.key)
  expect(rows.map((row) => row['business_key'])).toEqual(['12346'])

  await desk.send(conversationId, 'What is the status of order 12346 now?')
  expect((await last(conversationId))?.text).toMatch(/cancel/i)
  const { open_turn, last_turn, facts } = await desk.conversation(conversationId)
  expect({ open_turn, last_turn }).toEqual({ open_turn: null, last_turn: 4 })
  expect(facts.filter(({ kind }) => kind === 'order').map(({ value }) => value)).toEqual(['12345', '22345', '12346'])
})

test('P6: the same question of two customers at the same moment is answered from each one’s own order', async () => {
  const mine = await desk.start('Where is my order 12345?', 'cust_1001')
  const theirs = await desk.start('Where is my order 12345?', 'cust_1002')
  const [own, foreign] = await Promise.all([last(mine.conversationId), last(theirs.conversationId)])
  expect(own?.text).toContain('ZX81-5512-9034')
  expect(foreign?.text).not.toContain('ZX81-5512-9034')
})

test('S1: an order that has shipped is not cancelled by the AI; a person decides', async () => {
  const { conversationId } = await desk.start('Please cancel my order 12345.')
  await desk.settled(conversationId)
  const orders = (await desk.ledger()).filter((row) => row['kind'] === 'effect' && row['business_key'] === '12345')
  expect(orders).toEqual([])
  const approval = await desk.db
    .selectFrom('approvals')
    .select(['tool', 'state', 'text'])
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  expect(approval).toMatchObject({ tool: 'cancel_order', state: 'pending', text: expect.stringContaining('12345') })
})
