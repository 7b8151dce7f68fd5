// L1: what a channel changes in the prompt, in the stream and in the words; everything real but the model.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { email } from '../../src/channels/email.ts'
import { voice } from '../../src/channels/voice.ts'
import type { BusMessage } from '../../src/ports/bus.ts'
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts'

let { model, desk, close } = {} as Rehearsal
beforeAll(async () => {
  ;({ model, desk, close } = await startRehearsal())
})
afterAll(() => close?.())
afterEach(() => model.reset())

const search = { calls: [{ tool: 'search_knowledge_base', arguments: { query: 'how long can I return it' } }] }
const CITED = 'You have 30 days. [returns] Shall I look up your order?'

/** One question on the channel: the reply, what was streamed of it, and the model call that wrote it. */
async function ask(channel: string) {
  let release = () => {}
  const subscribed = new Promise<void>((resolve) => (release = resolve))
  model.answers(search, { pieces: CITED.match(/\S+\s?/g) ?? [], release: subscribed })
  const { conversationId } = await desk.start('[tech_support] how long can I return it', 'cust_1001', channel)
  const heard: BusMessage[] = []
  const leave = await desk.kernel.bus.subscribe(conversationId, (message) => void heard.push(message))
  release()
  const reply = (await desk.settled(conversationId)).at(-1)
  leave()
  const system = model.calls.at(-1)?.messages[0]?.content ?? ''
  return {
    reply,
    streamed: heard.flatMap((message) => (message.kind === 'delta' ? [message.text] : [])).join(''),
    asked: {
      streamed: model.calls.at(-1)?.streamed,
      email: system.includes(email.writing ?? '?'),
      voice: system.includes(voice.writing ?? '?'),
    },
  }
}

test('on voice the AI is told to speak, and marks of documents are neither streamed nor said, but still cited', async () => {
  const { reply, streamed, asked } = await ask('voice')
  expect(asked).toEqual({ streamed: true, email: false, voice: true })
  expect(reply).toMatchObject({ role: 'ai', text: 'You have 30 days. Shall I look up your order?' })
  expect(streamed).toBe(reply?.text)
  expect(reply?.citations).toMatchObject([{ document: 'returns' }])
})

test('by e-mail the AI is told to write a letter, which comes whole', async () => {
  const { reply, streamed, asked } = await ask('email')
  expect(asked).toEqual({ streamed: false, email: true, voice: false })
  expect(reply).toMatchObject({ role: 'ai', text: CITED })
  expect(streamed).toBe('')
})

test('on the web the reply is streamed as it stands', async () => {
  const { reply, streamed, asked } = await ask('web')
  expect(asked).toEqual({ streamed: true, email: false, voice: false })
  expect(reply).toMatchObject({ role: 'ai', text: CITED })
  expect(streamed).toBe(CITED)
})
