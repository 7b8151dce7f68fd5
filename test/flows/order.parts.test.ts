import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'

let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk()
})
afterAll(() => desk?.close())

test('C10: the status of a named order takes one model call', async () => {
  const { conversationId } = await desk.start('Where is my order 12345?')
  const messages = await desk.settled(conversationId)
  expect(messages.at(-1)?.text).toContain('ZX81-5512-9034')
  const calls = (await desk.ledger()).filter((row) => row['kind'] === 'model_call')
  expect(calls).toHaveLength(1)
})
