// A worker dies by kill -9, alone. Nothing is lost, nothing happens twice, and nobody has to ask again (P1, P3, C4).
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'
import { type HoldingProxy, startHoldingProxy } from '../support/holding-proxy.ts'

describe.runIf(inject('postgresUrl'))('kill -9 of a worker', () => {
  let everdesk: Deployment
  let orders: HoldingProxy
  afterEach(async () => {
    await everdesk?.close()
    await orders?.close()
  })

  test('C4: during a model call, with another worker there: the call is repeated and the answer comes once', async () => {
    everdesk = await startDeployment({ workers: 2 })
    await expectOneAnswerAfterKill(everdesk, async () => undefined)
  })

  test('C4: during a model call, the only one, started again: the answer comes once', async () => {
    everdesk = await startDeployment({ workers: 1 })
    await expectOneAnswerAfterKill(everdesk, async () => void (await everdesk.startWorker()))
  })

  describe('between a write and its acknowledgement', () => {
    beforeEach(async () => {
      orders = await startHoldingProxy()
    })
    test('P3: the write is not made twice, and "done" is said once the ledger says so', async () => {
      everdesk = await startDeployment({ workers: 1, env: { ORDERS_URL: `${orders.url}/orders` } })
      orders.forwardTo(everdesk.sandbox.url)
      const ada = await everdesk.as('customer', 'cust_1001')
      orders.hold('POST', /\/cancel$/)
      const { conversation, message } = await ada.start('Please cancel order 12346')
      await until(async () => (await everdesk.sandbox.effects('cancel_order')).length > 0, 'the order is cancelled')
      await everdesk.workers[0]?.kill('SIGKILL')
      orders.release()
      await everdesk.startWorker()
      const answered = await ada.settled(conversation, message)
      expect(answered.status).toBe('answered')
      expect(answered.reply?.text).toMatch(/cancelled/)
      expect(await everdesk.sandbox.effects('cancel_order')).toHaveLength(1)
      const effects = await everdesk.db.selectFrom('effects').select(['tool', 'state']).execute()
      expect(effects).toEqual([{ tool: 'cancel_order', state: 'settled' }])
      expect((await ada.transcript(conversation)).filter(({ role }) => role === 'ai')).toHaveLength(1)
    })
  })
})

async function expectOneAnswerAfterKill(everdesk: Deployment, restart: () => Promise<void>): Promise<void> {
  const ada = await everdesk.as('customer', 'cust_1001')
  await everdesk.sandbox.model({ latency_ms: 3000 })
  const { conversation, message } = await ada.start('Where is my order 12345?')
  await until(async () => (await everdesk.sandbox.modelCalls()) > 0, 'the model is asked')
  // Whichever worker has the call, it dies; with two, the one that does not have it stays.
  const holder = await workerOf(everdesk)
  await everdesk.workers[holder]?.kill('SIGKILL')
  await restart()
  const answered = await ada.settled(conversation, message)
  expect(answered.status).toBe('answered')
  expect(answered.reply?.text).toContain('ZX81-5512-9034')
  expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai'])
  expect(await everdesk.sandbox.modelCalls()).toBe(2)
}

/** The worker whose log says that it took the turn's question; activities of a turn run where its workflow is cached. */
async function workerOf(everdesk: Deployment): Promise<number> {
  return until(async () => {
    const found = everdesk.workers.findIndex((worker) => worker.output().includes('"activity":"takeNext"'))
    return found < 0 ? null : { found }
  }, 'a worker takes the turn').then(({ found }) => found)
}
