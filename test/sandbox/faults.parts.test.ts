import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openSandbox } from './running.ts'
import type { TestSandbox } from './running.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterEach(() => sandbox.heal())
afterAll(() => sandbox.stop())

const chat = { model: 'scripted-small', messages: [{ role: 'user', content: 'Hello' }] }

test('drop-after-effect: the effect happens, the answer does not, and the same key brings the answer', async () => {
  await sandbox.send('POST', '/_faults', { target: 'orders', kind: 'drop-after-effect', count: 1 })
  const key = { 'Idempotency-Key': 'dropped-1' }
  await expect(sandbox.send('POST', '/orders/12346/cancel', {}, key)).rejects.toThrow(Error)
  expect((await sandbox.get('/orders/effects/dropped-1')).body).toMatchObject({
    status: 200,
    answer: { status: 'cancelled' },
  })
  expect(await sandbox.send('POST', '/orders/12346/cancel', {}, key)).toMatchObject({
    status: 200,
    body: { status: 'cancelled' },
  })
  expect(await sandbox.ledger('?system=orders')).toMatchObject([{ idempotency_key: 'dropped-1', repeated: 1 }])
})

test('error-500 and rate-limit-429 hit the next calls without an effect, then are used up', async () => {
  await sandbox.send('POST', '/_faults', {
    target: 'ticketing',
    kind: 'error-500',
    count: 1,
    operation: 'createTicket',
  })
  const ticket = { subject: 'a', description: 'b' }
  expect((await sandbox.send('POST', '/ticketing/tickets', ticket)).status).toBe(500)
  expect((await sandbox.send('POST', '/ticketing/tickets', ticket)).status).toBe(201)
  expect(await sandbox.ledger('?system=ticketing')).toHaveLength(1)
  await sandbox.send('POST', '/_faults', { target: 'model', kind: 'rate-limit-429', count: 1 })
  const limited = await sandbox.send('POST', '/v1/chat/completions', chat)
  expect(limited).toMatchObject({ status: 429, body: { error: { type: 'rate_limit_exceeded' } } })
  expect(limited.headers.get('retry-after')).toBe('1')
  expect((await sandbox.send('POST', '/v1/chat/completions', chat)).status).toBe(200)
})

test('timeout holds the call until somebody heals', async () => {
  await sandbox.send('POST', '/_faults', { target: 'crm', kind: 'timeout' })
  const held = sandbox.get('/crm/customers/cust_1001')
  const early = await Promise.race([
    held.catch(() => 'ended'),
    new Promise((resolve) => setTimeout(() => resolve('held'), 300)),
  ])
  expect(early).toBe('held')
  await sandbox.heal()
  await expect(held).rejects.toThrow(Error)
  expect((await sandbox.get('/crm/customers/cust_1001')).status).toBe(200)
})

test('slow waits and then answers as usual; malformed answers 200 with broken JSON', async () => {
  await sandbox.send('POST', '/_faults', { target: 'crm', kind: 'slow', delay_ms: 250, count: 1 })
  const start = performance.now()
  expect((await sandbox.get('/crm/customers/cust_1001')).status).toBe(200)
  expect(performance.now() - start).toBeGreaterThan(240)
  await sandbox.send('POST', '/_faults', { target: 'orders', kind: 'malformed', count: 1 })
  await expect(sandbox.get('/orders/12345')).rejects.toThrow(SyntaxError)
})

test('malformed breaks a chunk of a model stream', async () => {
  await sandbox.send('POST', '/_faults', { target: 'model', kind: 'malformed', count: 1 })
  const response = await fetch(`${sandbox.url()}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...chat, stream: true }),
  })
  const text = await response.text()
  expect(text).not.toContain('[DONE]')
  const last = text.trim().split('\n\n').at(-1) ?? ''
  expect(() => JSON.parse(last.slice(6)) as unknown).toThrow(SyntaxError)
})

test('an order for an unknown fault is 422, and set faults are listed until healed', async () => {
  for (const order of [
    { target: 'fridge', kind: 'slow' },
    { target: 'crm', kind: 'explode' },
    { target: 'model', kind: 'drop-after-effect' },
    { target: 'crm', kind: 'slow', rate: 2 },
    { target: 'crm', kind: 'slow', rate: 1, count: 1 },
    { target: 'crm', kind: 'slow', colour: 'red' },
  ]) {
    expect((await sandbox.send('POST', '/_faults', order)).status).toBe(422)
  }
  expect((await sandbox.send('POST', '/_faults', { target: 'crm', kind: 'slow', rate: 0.5 })).status).toBe(201)
  expect((await sandbox.get('/_faults')).body['data']).toMatchObject([
    { target: 'crm', kind: 'slow', rate: 0.5, hits: 0 },
  ])
  expect((await sandbox.send('DELETE', '/_faults')).status).toBe(204)
  expect((await sandbox.get('/_faults')).body).toEqual({ data: [] })
})
