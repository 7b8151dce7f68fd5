import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { list, openSandbox } from './running.ts'
import type { TestSandbox } from './running.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterEach(() => sandbox.heal())
afterAll(() => sandbox.stop())

test('the people of the contract have what the contract says', async () => {
  const ada = await sandbox.get('/orders/12345')
  expect(ada.body).toMatchObject({
    customer_id: 'cust_1001',
    status: 'shipped',
    tracking: 'ZX81-5512-9034',
    eta: '2026-11-03',
  })
  expect((await sandbox.get('/orders/12346')).body).toMatchObject({ customer_id: 'cust_1001', status: 'processing' })
  expect((await sandbox.get('/orders/22345')).body).toMatchObject({
    customer_id: 'cust_1002',
    status: 'delivered',
    delivered_on: '2026-10-29',
    total_cents: 124_900,
    currency: 'USD',
  })
  expect((await sandbox.get('/crm/customers/cust_1003')).body).toMatchObject({
    name: 'Chloe Diaz',
    tier: 'free',
    locked: true,
  })
  expect((await sandbox.get('/orders?customer_id=cust_1003')).body).toEqual({ data: [] })
  const dev = list((await sandbox.get('/orders?customer_id=cust_1004&limit=100')).body['data'])
  expect(dev).toHaveLength(40)
  expect(dev.filter((order) => order['late'] === true)).toHaveLength(3)
  expect((await sandbox.get('/crm/customers/cust_2000')).status).toBe(200)
  expect((await sandbox.get('/crm/customers/cust_2001')).status).toBe(404)
})

test('every REST back end serves an OpenAPI 3.1 document', async () => {
  for (const system of ['crm', 'orders', 'ticketing']) {
    expect((await sandbox.get(`/${system}/openapi.json`)).body).toMatchObject({ openapi: '3.1.0' })
  }
})

test('a repeated key takes effect once, answers the same, also after a restart, and is counted', async () => {
  const cancel = () =>
    sandbox.send('POST', '/orders/12346/cancel', { reason: 'changed my mind' }, { 'Idempotency-Key': 'cancel-1' })
  const first = await cancel()
  expect(first).toMatchObject({ status: 200, body: { number: '12346', status: 'cancelled' } })
  expect((await cancel()).body).toEqual(first.body)
  await sandbox.restart()
  expect((await cancel()).body).toEqual(first.body)
  expect(await sandbox.ledger('?system=orders')).toEqual([
    expect.objectContaining({
      kind: 'effect',
      operation: 'cancel_order',
      business_key: '12346',
      idempotency_key: 'cancel-1',
      customer_id: 'cust_1001',
      repeated: 2,
    }),
  ])
  expect(
    await sandbox.send('POST', '/orders/12346/cancel', { reason: 'other' }, { 'Idempotency-Key': 'cancel-1' }),
  ).toMatchObject({
    status: 422,
    body: { code: 'idempotency_conflict' },
  })
  expect((await sandbox.get('/orders/effects/cancel-1')).body).toMatchObject({
    operation: 'cancel_order',
    status: 200,
    answer: first.body,
  })
  expect((await sandbox.get('/orders/effects/never-sent')).status).toBe(404)
})

test('business refusals are 409 with a stable code, and change nothing', async () => {
  expect(await sandbox.send('POST', '/orders/12345/cancel', {}, { 'Idempotency-Key': 'cancel-2' })).toMatchObject({
    status: 409,
    body: { code: 'already_shipped' },
  })
  expect((await sandbox.get('/orders/effects/cancel-2')).body).toMatchObject({
    status: 409,
    answer: { code: 'already_shipped' },
  })
  expect((await sandbox.send('PATCH', '/orders/22345', { address: { street: '1 Oak Street' } })).body).toMatchObject({
    code: 'already_delivered',
  })
  expect((await sandbox.send('PATCH', '/orders/12345', {})).status).toBe(422)
  expect((await sandbox.send('POST', '/orders/1/cancel')).body).toMatchObject({ code: 'order_not_found' })
})

test('a refused change of several things changes none of them', async () => {
  const open = list((await sandbox.get('/orders?customer_id=cust_1004&status=processing')).body['data'])[0]
  const number = String(open?.['number'])
  const refused = await sandbox.send('PATCH', `/orders/${number}`, {
    address: { street: '9 New Road' },
    items: [{ sku: 'NO-SUCH-THING', quantity: 2 }],
  })
  expect(refused).toMatchObject({ status: 409, body: { code: 'unknown_item' } })
  expect((await sandbox.get(`/orders/${number}`)).body).toEqual(open)
  const changed = await sandbox.send('PATCH', `/orders/${number}`, { address: { street: '9 New Road' } })
  expect(changed.body).toMatchObject({ number, address: { street: '9 New Road', city: 'Chicago' } })
})

test('a password reset is a mail in the ledger and shows no password', async () => {
  const reset = await sandbox.send(
    'POST',
    '/crm/customers/cust_1001/password-reset',
    {},
    { 'Idempotency-Key': 'reset-1' },
  )
  expect(reset).toMatchObject({ status: 202, body: { status: 'mail_sent', sent_to: 'a***@example.com' } })
  expect(await sandbox.ledger('?system=mail')).toMatchObject([
    { operation: 'reset_password', customer_id: 'cust_1001', repeated: 0 },
  ])
  const link = await sandbox.send('POST', '/crm/customers/cust_1001/payment-method-link', {})
  expect(link.body['url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/crm\/hosted\//)
})

test('tickets are created, read, listed and commented', async () => {
  const made = await sandbox.send('POST', '/ticketing/tickets', {
    subject: 'Help',
    description: 'long story',
    customer_id: 'cust_1002',
    priority: 'high',
  })
  expect(made).toMatchObject({ status: 201, body: { id: 'T-4471', status: 'open', priority: 'high' } })
  const commented = await sandbox.send('POST', '/ticketing/tickets/T-4471/comments', { text: 'seen' })
  expect(commented.body['comments']).toMatchObject([{ text: 'seen' }])
  expect((await sandbox.get('/ticketing/tickets?customer_id=cust_1002')).body['data']).toHaveLength(1)
  expect((await sandbox.get('/ticketing/tickets/T-1')).status).toBe(404)
})

test('bad bodies are refused and never break the server', async () => {
  expect((await sandbox.send('POST', '/ticketing/tickets', '{"subject":')).status).toBe(400)
  expect((await sandbox.send('POST', '/ticketing/tickets', [1])).status).toBe(422)
  expect((await sandbox.send('POST', '/orders/12346/cancel', 'null')).status).toBeLessThan(500)
  expect((await sandbox.send('POST', '/v1/chat/completions', '{')).body).toMatchObject({
    error: { type: 'invalid_request_error' },
  })
  expect((await sandbox.get('/nowhere')).body).toMatchObject({ code: 'not_found' })
  expect((await sandbox.get('/livez')).status).toBe(200)
})
