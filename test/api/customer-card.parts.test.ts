import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CardRequest } from '../../src/ports/customer-card.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

const SECTIONS = [
  { title: 'Orders', state: 'read' as const, rows: [{ label: '22345', text: 'delivered, $1,249.00' }] },
  { title: 'Open invoices', state: 'unavailable' as const, rows: [] },
]
const mia = 'agent:agent_mia'
const ada = 'customer:cust_1001'

describe.each(databaseKinds())('the customer card on %s', (kind) => {
  let it: TestApi
  const asked: CardRequest[] = []
  let path: string
  let id: string
  beforeAll(async () => {
    const customerCard = async (request: CardRequest) => {
      asked.push(request)
      return SECTIONS
    }
    it = await startTestApi(kind, { customerCard })
    const started = await it.call('POST', '/v1/conversations', { as: ada, body: { message: { text: 'Hello' } } })
    id = started.body.conversation.id
    path = `/v1/conversations/${id}/customer-card`
  })
  afterAll(() => it?.stop())

  test('people read it, for the customer of the conversation, and it is in the audit log that they did (T8)', async () => {
    const { status, body } = await it.call('GET', path, { as: mia })
    expect([status, body]).toEqual([200, { sections: SECTIONS }])
    expect(asked).toEqual([{ desk: expect.any(String), conversationId: id, customerId: 'cust_1001', guest: false }])
    const audit = await it.call('GET', `/v1/audit?conversation_id=${id}`, { as: 'supervisor:sup_1' })
    expect(audit.body.data.map((row: Record<string, string>) => [row['action'], row['actor'], row['subject']])).toEqual(
      [['data.read', 'agent_mia', 'cust_1001']],
    )
  })

  test('no customer reads it, and what is not there is 404; no system is asked', async () => {
    asked.length = 0
    expect((await it.call('GET', path, { as: ada })).status).toBe(403)
    expect((await it.call('GET', '/v1/conversations/conv_none/customer-card', { as: mia })).status).toBe(404)
    expect(asked).toEqual([])
  })
})
