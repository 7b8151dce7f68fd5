// P7: operators see the list itself, and its numbers on the metrics page.
import { afterEach, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

let it: TestApi
afterEach(() => it.stop())

test('P7: agents read what is stuck, customers do not, and the metrics count the same rows', async () => {
  let late = 0
  const clock = () => new Date(Date.now() + late)
  it = await startTestApi(databaseKinds().at(-1) ?? 'pglite', {}, async (kernel) => ({ ...kernel, now: clock }))
  const begun = await it.call('POST', '/v1/conversations', {
    as: 'customer:cust_1001',
    body: { message: { text: 'hello' } },
  })
  late = 40_000
  const { status, body } = await it.call('GET', '/v1/alerts?kind=not_taken_up', { as: 'agent:agent_1' })
  expect([status, body]).toEqual([
    200,
    {
      data: [
        {
          kind: 'not_taken_up',
          conversation_id: begun.body.conversation.id,
          desk: 'test-desk',
          subject: begun.body.conversation.id,
          since: expect.stringMatching(/Z$/),
        },
      ],
      next_cursor: null,
    },
  ])
  expect((await it.call('GET', '/v1/alerts', { as: 'customer:cust_1001' })).status).toBe(403)
  expect((await it.call('GET', '/v1/alerts?kind=everything', { as: 'agent:agent_1' })).status).toBe(422)
  const metrics = await it.call('GET', '/metrics')
  expect(metrics.body).toMatch(/everdesk_alerts\{kind="not_taken_up"\} 1/)
  expect(metrics.body).toMatch(/everdesk_alerts\{kind="turn_stuck"\} 0/)
})
