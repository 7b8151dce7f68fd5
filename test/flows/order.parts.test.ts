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
  console.log(messages.map((message) => `${message.role}: ${message.text}`))
  const history = await desk.handle(conversationId).fetchHistory()
  console.log(history.events?.map((event) => event.eventType).length)
  expect(messages.at(-1)?.text).toContain('ZX81-5512-9034')
})
