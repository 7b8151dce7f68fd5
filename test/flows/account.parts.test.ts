import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'

let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk()
})
afterAll(() => desk?.close())

const last = async (id: string) => (await desk.settled(id)).at(-1)
const turns = (id: string) =>
  desk.db.selectFrom('turns').selectAll().where('conversation_id', '=', id).orderBy('number').execute()

test('A4: the account specialist reads the bill, and sends one reset mail for one wish, never a password', async () => {
  const { conversationId } = await desk.start('Do I have an overdue invoice?', 'cust_1002')
  const bill = await last(conversationId)
  expect(bill).toMatchObject({ role: 'ai' })
  expect(bill?.text).toMatch(/overdue/i)
  expect(bill?.text).toMatch(/\$\d/)

  await desk.send(conversationId, 'I forgot my password, please send me a reset link.', 'cust_1002')
  const reset = await last(conversationId)
  expect(reset).toMatchObject({ role: 'ai' })
  expect(reset?.text).toMatch(/mail/i)
  const effects = await desk.db
    .selectFrom('effects')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(effects.map(({ tool, state }) => [tool, state])).toEqual([['reset_password', 'settled']])
  const mails = (await desk.ledger()).filter(
    (row) => row['system'] === 'mail' && row['idempotency_key'] === effects[0]?.key,
  )
  expect(mails).toHaveLength(1)
  const transcript = (await desk.settled(conversationId)).map(({ text }) => text).join('\n')
  expect(transcript).not.toMatch(/[a-z0-9.]{2,}@[a-z0-9-]+\.[a-z]+/i)
  expect((await turns(conversationId)).map(({ specialist, state }) => [specialist, state])).toEqual([
    ['account', 'done'],
    ['account', 'done'],
  ])
})

test('P6: each customer hears of the own bill only', async () => {
  const { conversationId } = await desk.start('Do I have an overdue invoice?', 'cust_1003')
  const answer = await last(conversationId)
  expect(answer?.text).not.toMatch(/1,249|Ortiz|Ada/)
})
