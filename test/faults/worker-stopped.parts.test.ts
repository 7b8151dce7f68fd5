// A worker is asked to stop (SIGTERM, as a deploy does) in the middle of a model call: another one takes over (O4).
import { afterEach, describe, expect, inject, test } from 'vitest'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'

describe.runIf(inject('postgresUrl'))('SIGTERM of a worker', () => {
  let everdesk: Deployment
  afterEach(() => everdesk?.close())

  test('N4: the turn goes on at another worker, the answer comes once, and the stopped one ends with code 0', async () => {
    everdesk = await startDeployment({ workers: 1 })
    const ada = await everdesk.as('customer', 'cust_1001')
    // Longer than another worker takes to start, on a busy machine too.
    await everdesk.sandbox.model({ latency_ms: 20_000 })
    const { conversation, message } = await ada.start('Where is my order 12345?')
    await until(async () => (await everdesk.sandbox.modelCalls()) > 0, 'the model is asked')
    await everdesk.sandbox.model({ latency_ms: 0 })
    await everdesk.startWorker()
    const [first] = everdesk.workers
    await first?.kill('SIGTERM')
    expect(await first?.ended).toBe(0)
    const answered = await ada.settled(conversation, message)
    expect(answered.status).toBe('answered')
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai'])
    const turns = await everdesk.db.selectFrom('turns').select(['state', 'attempt']).execute()
    expect(turns).toEqual([{ state: 'done', attempt: 2 }])
  })
})
