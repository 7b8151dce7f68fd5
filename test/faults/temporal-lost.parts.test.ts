// Temporal is stopped while messages arrive, and its whole database is deleted (C11): accepted means answered all the same.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { startTemporal, type TemporalServer } from '../../stack/temporal.ts'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'

const OUTAGE = 20_000

describe.runIf(inject('postgresUrl'))('the loss of Temporal', () => {
  let temporal: TemporalServer
  let everdesk: Deployment

  beforeEach(async () => {
    temporal = await startTemporal()
    everdesk = await startDeployment({ temporal })
  })
  afterEach(async () => {
    await everdesk?.close()
    await temporal?.close()
  })

  test('P1: stopped for 20 s while messages arrive: each is accepted at once and answered once afterwards', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const known = await ada.start('Where is order 12345?')
    await ada.settled(known.conversation, known.message)

    await temporal.stop()
    const sent = [{ ...known, message: await ada.send(known.conversation, 'And where is order 12346?') }]
    for (let count = 0; count < 4; count += 1) {
      sent.push(await ada.start(`Where is order 1234${count % 2 === 0 ? 5 : 6}?`))
      await sleep(OUTAGE / 4)
    }
    await temporal.start()
    for (const { conversation, message } of sent) {
      expect((await ada.settled(conversation, message, 80_000)).status).toBe('answered')
    }
    await expectOneReplyEach(everdesk)
  }, 240_000)

  test('C11: the whole Temporal database deleted in mid-turn: the relay starts a run that reads its state from the store', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const known = await ada.start('Where is order 12345?')
    await ada.settled(known.conversation, known.message)
    await everdesk.sandbox.model({ latency_ms: 4000 })
    const before = await everdesk.sandbox.modelCalls()
    const open = await ada.start('Please cancel order 12346')
    await until(async () => (await everdesk.sandbox.modelCalls()) > before, 'the model is asked')

    await temporal.stop()
    await temporal.forgetEverything()
    const waiting = await ada.send(known.conversation, 'Where is order 12346?')
    await everdesk.sandbox.model({ latency_ms: 0 })
    await temporal.start()

    expect((await ada.settled(open.conversation, open.message, 100_000)).status).toBe('answered')
    expect((await ada.settled(known.conversation, waiting, 100_000)).status).toBe('answered')
    expect(await everdesk.sandbox.effects('cancel_order')).toHaveLength(1)
    await expectOneReplyEach(everdesk)
  }, 240_000)
})

/** Every customer message is named by exactly one reply, and replies stand in the order of what they answer. */
async function expectOneReplyEach({ db }: Deployment): Promise<void> {
  const messages = await db.selectFrom('messages').selectAll().orderBy('conversation_id').orderBy('seq').execute()
  const asked = messages.filter(({ role }) => role === 'customer').map(({ id }) => id)
  const answered = messages.filter(({ role }) => role === 'ai').flatMap((reply) => reply.in_reply_to)
  expect(answered).toEqual(asked)
}
