// Many clients, two APIs and two workers at once (P2, P4, C5).
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Deployment, startDeployment } from '../support/deployment.ts'

describe.runIf(inject('postgresUrl'))('two APIs and two workers', () => {
  let everdesk: Deployment
  beforeAll(async () => {
    everdesk = await startDeployment({ workers: 2, apis: 2, redisUrl: inject('redisUrl') })
  })
  afterAll(() => everdesk?.close())

  test('P2: the same start sent 50 times in parallel to both APIs is one conversation, one message, one answer', async () => {
    const ada = await everdesk.as('customer', 'cust_1001', 0)
    const elsewhere = await everdesk.as('customer', 'cust_1001', 1)
    const starts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? ada : elsewhere).start('Where is order 12345?', 'same-id')),
    )
    expect(new Set(starts.map(({ conversation }) => conversation)).size).toBe(1)
    const { conversation, message } = starts[0] ?? { conversation: '', message: '' }
    expect((await ada.settled(conversation, message)).status).toBe('answered')
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai'])
  })

  test('P2: the same message id sent 50 times in parallel is one message', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const { conversation, message } = await ada.start('Where is order 12345?')
    await ada.settled(conversation, message)
    const ids = await Promise.all(Array.from({ length: 50 }, () => ada.send(conversation, 'And order 12346?', 'again')))
    expect(new Set(ids)).toEqual(new Set(['again']))
    expect((await ada.settled(conversation, 'again')).status).toBe('answered')
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai', 'customer', 'ai'])
  })

  test('C5: 20 messages in a burst are answered completely, in order, in far fewer turns', async () => {
    const dev = await everdesk.as('customer', 'cust_1004')
    const { conversation } = await dev.start('Hello')
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, index) => dev.send(conversation, `What is your warranty? (${index})`)),
    )
    for (const id of sent) expect((await dev.settled(conversation, id)).status).toBe('answered')
    const transcript = await dev.transcript(conversation)
    const asked = transcript.filter(({ role }) => role === 'customer').map(({ id }) => id)
    const replies = transcript.filter(({ role }) => role === 'ai')
    expect(replies.flatMap((reply) => reply.in_reply_to)).toEqual(asked)
    expect(replies.length).toBeLessThan(10)
  })
})
