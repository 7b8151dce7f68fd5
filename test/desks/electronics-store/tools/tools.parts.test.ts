import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Knowledge } from '../../../../src/ports/knowledge.ts'
import { contextOf, startRealSystems, toolNamed, writeNamed } from './real-systems.ts'
import type { RealSystems } from './real-systems.ts'

const knowledge: Knowledge = {
  search: async ({ query }) =>
    query.includes('warranty')
      ? [{ document: 'warranty', title: 'Warranty', heading: 'What is covered', text: '24 months.', score: 1 }]
      : [],
}
const ledgerShape = z.object({ data: z.array(z.object({ kind: z.string(), idempotency_key: z.string().nullish() })) })
let real: RealSystems
let keys = 0
const newKey = () => `test-key-${(keys += 1)}`
const ada = (key = '') => contextOf(real.systems, 'cust_1001', key)
const ben = (key = '') => contextOf(real.systems, 'cust_1002', key)
const fault = (body: object) =>
  fetch(`${real.url}/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const effects = async (idempotencyKey: string) => {
  const ledger = ledgerShape.parse(await (await fetch(`${real.url}/_ledger`)).json())
  return ledger.data.filter((entry) => entry.kind === 'effect' && entry.idempotency_key === idempotencyKey)
}

beforeAll(async () => {
  real = await startRealSystems(knowledge)
})
afterAll(() => real.close())
beforeEach(async () => {
  real.cached.clear()
  real.calls.length = 0
  await fetch(`${real.url}/_faults`, { method: 'DELETE' })
})

describe('orders', () => {
  test('the status of an order has tracking, delivery day and what can be done, and is cached', async () => {
    const status = toolNamed('get_order_status')
    const first = await status.execute({ order: '12345' }, ada())
    expect(first).toMatchObject({
      outcome: 'ok',
      data: { order: '12345', status: 'shipped', carrier: 'Parcelway', tracking: 'ZX81-5512-9034', total: '$129.00' },
    })
    expect(await status.execute({ order: '12345' }, ada())).toEqual(first)
    expect(real.calls).toEqual(['GET /orders/12345'])
  })

  test('an order of another customer is not told from one that does not exist, cached or not', async () => {
    const status = toolNamed('get_order_status')
    await status.execute({ order: '12345' }, ada())
    const foreign = await status.execute({ order: '12345' }, ben())
    const missing = await status.execute({ order: '99999999' }, ben())
    expect(foreign.outcome).toBe('refused')
    expect(JSON.stringify(foreign).replaceAll('12345', 'N')).toBe(JSON.stringify(missing).replaceAll('99999999', 'N'))
    for (const name of ['cancel_order', 'modify_order']) {
      const input = { order: '12346', address: { street: '1 Elm Street' } }
      expect(await writeNamed(name).authorize(input, ben())).toMatchObject({
        decision: 'refuse',
        data: { code: 'order_not_found' },
      })
    }
  })

  test('a list holds only the customer’s own orders, newest first', async () => {
    const listed = await toolNamed('list_orders').execute({}, ada())
    expect(listed.data).toMatchObject({ orders: expect.arrayContaining([expect.objectContaining({ order: '12345' })]) })
    expect(JSON.stringify(listed.data)).toMatch(/^\{"orders":\[\{"order":"12346"/)
    expect(await toolNamed('list_orders').execute({}, contextOf(real.systems, 'cust_1003'))).toMatchObject({
      data: { orders: [], note: 'No such orders on this account.' },
    })
  })

  test('before shipping a change is allowed, after it a person must consent, after delivery it is refused', async () => {
    const cancel = writeNamed('cancel_order')
    const modify = writeNamed('modify_order')
    const address = { street: '1 Elm Street' }
    expect(await cancel.authorize({ order: '12346' }, ada())).toMatchObject({ decision: 'allow' })
    expect(await cancel.authorize({ order: '12345' }, ada())).toMatchObject({ decision: 'needs_approval' })
    expect(await modify.authorize({ order: '12345', address }, ada())).toMatchObject({ decision: 'needs_approval' })
    expect(await cancel.authorize({ order: '22345' }, ben())).toMatchObject({
      decision: 'refuse',
      data: { code: 'already_delivered' },
    })
    expect(await modify.authorize({ order: '22345', address }, ben())).toMatchObject({ decision: 'refuse' })
    const shippedItems = { order: '12345', items: [{ sku: 'NIMBUS-WIRELESS-HEADPHONES', quantity: 2 }] }
    expect(await modify.authorize(shippedItems, ada())).toMatchObject({ data: { code: 'already_shipped' } })
    const strange = { order: '12346', items: [{ sku: 'NO-SUCH', quantity: 1 }] }
    expect(await modify.authorize(strange, ada())).toMatchObject({ data: { code: 'unknown_item' } })
  })

  test('a refund is spelled out, opened in the order system, paid by billing once, and never more than the order cost', async () => {
    const refund = writeNamed('refund_order')
    const reason = 'faulty'
    expect(await refund.authorize({ order: '12345', reason }, ada())).toEqual({
      decision: 'allow',
      input: { order: '12345', amount_cents: 12_900, currency: 'USD', reason },
      facts: { total_cents: 12_900, refundable_cents: 12_900 },
    })
    expect(await refund.authorize({ order: '12346' }, ada())).toMatchObject({ data: { code: 'not_shipped' } })
    expect(await refund.authorize({ order: '12345' }, ben())).toMatchObject({ data: { code: 'order_not_found' } })
    const key = newKey()
    const part = { order: '12345', amount_cents: 2900, currency: 'USD', reason }
    expect(await refund.lookUp(part, ada(key))).toBeNull()
    const done = await refund.execute(part, ada(key))
    expect(done).toMatchObject({ outcome: 'ok', data: { order: '12345', refunded: '$29.00' } })
    expect(await refund.lookUp(part, ada(key))).toEqual(done)
    expect(await refund.authorize({ order: '12345' }, ada())).toMatchObject({ input: { amount_cents: 10_000 } })
    expect(await refund.authorize({ order: '12345', amount_cents: 10_001 }, ada())).toMatchObject({
      data: { code: 'exceeds_order_price' },
    })
    // The order system itself refuses what a second conversation asks for at the same moment.
    const beyond = await refund.execute({ ...part, amount_cents: 12_900 }, ada(newKey()))
    expect(beyond).toMatchObject({ outcome: 'refused', data: { code: 'exceeds_order_price' } })
    // What billing declines is withdrawn from the order again.
    const foreign = newKey()
    expect(await refund.execute({ ...part, amount_cents: 5000 }, ben(foreign))).toMatchObject({ outcome: 'refused' })
    expect(await refund.authorize({ order: '12345' }, ada())).toMatchObject({ input: { amount_cents: 10_000 } })
  })

  test('a late order is ground for a credit, anything else asks a colleague; billing books it once', async () => {
    const credit = writeNamed('apply_goodwill_credit')
    const wish = { amount_cents: 1500, reason: 'late' }
    expect(await credit.authorize(wish, ada())).toMatchObject({ decision: 'needs_approval' })
    expect(await credit.authorize({ ...wish, order: '12345' }, ada())).toMatchObject({ decision: 'needs_approval' })
    expect(await credit.authorize({ ...wish, order: '12345' }, ben())).toMatchObject({ decision: 'refuse' })
    const dev = (key = '') => contextOf(real.systems, 'cust_1004', key)
    const late = (await real.systems.orders.list({ customerId: 'cust_1004', limit: 100, signal: dev().signal })).find(
      (order) => order.late,
    )
    const about = { ...wish, order: late?.number ?? '' }
    expect(await credit.authorize(about, dev())).toMatchObject({ decision: 'allow', facts: { late: true } })
    const key = newKey()
    const done = await credit.execute(about, dev(key))
    expect(done).toMatchObject({ outcome: 'ok', data: { credited: '$15.00' } })
    expect(await credit.lookUp(about, dev(key))).toEqual(done)
  })

  test('a change reaches the back end once, however often it is sent, and drops the cached status', async () => {
    const key = newKey()
    const modify = writeNamed('modify_order')
    const input = { order: '12346', address: { street: '1 Elm Street' } }
    await toolNamed('get_order_status').execute({ order: '12346' }, ada())
    expect(real.cached.size).toBe(1)
    const done = await modify.execute(input, ada(key))
    expect(done).toMatchObject({ outcome: 'ok', data: { order: '12346' } })
    expect(JSON.stringify(done.data)).toContain('1 Elm Street, Portland')
    expect(real.cached.size).toBe(0)
    expect(await modify.execute(input, ada(key))).toEqual(done)
    expect(await modify.lookUp(input, ada(key))).toEqual(done)
    expect(await effects(key)).toHaveLength(1)
  })

  test('a cancellation whose answer is lost is thrown, then found by its key', async () => {
    const key = newKey()
    const cancel = writeNamed('cancel_order')
    expect(await cancel.lookUp({ order: '12346' }, ada(key))).toBeNull()
    await fault({ target: 'orders', kind: 'drop-after-effect', operation: 'cancel_order', count: 1 })
    await expect(cancel.execute({ order: '12346' }, ada(key))).rejects.toMatchObject({ name: 'OutsideError' })
    expect(await cancel.lookUp({ order: '12346' }, ada(key))).toMatchObject({
      outcome: 'ok',
      data: { status: 'cancelled' },
    })
    expect(await effects(key)).toHaveLength(1)
    expect(await cancel.authorize({ order: '12346' }, ada())).toMatchObject({ data: { code: 'already_cancelled' } })
    expect(await cancel.execute({ order: '12346' }, ada(newKey()))).toMatchObject({
      outcome: 'refused',
      data: { code: 'already_cancelled' },
    })
  })

  test('a key that was used for another request is an outside failure, not a refusal', async () => {
    const key = newKey()
    await writeNamed('create_ticket').execute({ subject: 'A', description: 'B' }, ada(key))
    await expect(
      writeNamed('create_ticket').execute({ subject: 'A', description: 'C' }, ada(key)),
    ).rejects.toMatchObject({ type: 'BackendError.Refused' })
  })

  test.each(['error-500', 'malformed'])('a back end with %s is thrown as an outside failure', async (kind) => {
    await fault({ target: 'orders', kind, count: 1 })
    await expect(toolNamed('get_order_status').execute({ order: '12345' }, ada())).rejects.toMatchObject({
      name: 'OutsideError',
    })
    expect(real.cached.size).toBe(0)
  })
})

describe('account', () => {
  test('the profile is masked and shows a lock with its reason', async () => {
    const found = await toolNamed('look_up_customer').execute({}, contextOf(real.systems, 'cust_1003'))
    expect(found).toMatchObject({
      outcome: 'ok',
      data: { name: 'Chloe Diaz', locked: true, locked_reason: 'too many failed sign-ins', email: 'c***@example.com' },
    })
  })

  test('a customer that does not exist is refused', async () => {
    const found = await toolNamed('look_up_customer').execute({}, contextOf(real.systems, 'cust_9999'))
    expect(found).toMatchObject({ outcome: 'refused', data: { code: 'not_found' } })
  })

  test('a reset sends one mail and shows no password', async () => {
    const key = newKey()
    const reset = writeNamed('reset_password')
    const sent = await reset.execute({}, ada(key))
    expect(sent).toEqual({ outcome: 'ok', data: { sent_to: 'a***@example.com', expires_in_minutes: 30 } })
    expect(await reset.execute({}, ada(key))).toEqual(sent)
    expect(await reset.lookUp({}, ada(key))).toEqual(sent)
    expect(await effects(key)).toHaveLength(1)
  })

  test('a new payment method is a hosted link, the same one for the same key', async () => {
    const key = newKey()
    const update = writeNamed('update_payment_method')
    const made = await update.execute({}, ada(key))
    expect(made).toMatchObject({ outcome: 'ok', data: { link: expect.stringMatching(/^http/) } })
    expect(await update.execute({}, ada(key))).toEqual(made)
  })

  test('billing comes by SOAP: balance, payment method, invoices with the overdue one', async () => {
    const billing = toolNamed('get_billing_info')
    expect(await billing.execute({ only_unpaid: true }, ben())).toMatchObject({
      outcome: 'ok',
      data: {
        overdue: '$89.00',
        payment_method: { brand: 'Mastercard', last4: '5100' },
        invoices: [{ invoice_number: 'INV-900001', amount: '$89.00', status: 'overdue' }],
      },
    })
    expect(await billing.execute({}, contextOf(real.systems, 'cust_1003'))).toMatchObject({
      data: { payment_method: 'none on file', invoices: [] },
    })
    expect(await billing.execute({}, contextOf(real.systems, 'cust_9999'))).toMatchObject({
      outcome: 'refused',
      data: { code: 'customer_not_found' },
    })
  })
})

describe('knowledge and tickets', () => {
  test('passages come with their citations; none says so', async () => {
    const search = toolNamed('search_knowledge_base')
    expect(await search.execute({ query: 'warranty' }, ada())).toMatchObject({
      data: { passages: [{ document: 'warranty', text: '24 months.' }] },
      citations: [{ document: 'warranty', title: 'Warranty', passage: '24 months.' }],
    })
    expect(await search.execute({ query: 'elephants' }, ada())).toMatchObject({ outcome: 'ok', data: { passages: [] } })
  })

  test('a ticket is opened once for its key, for the signed-in customer', async () => {
    const key = newKey()
    const create = writeNamed('create_ticket')
    const input = { subject: 'Refund missing', description: 'Order 22345', priority: 'high' }
    const made = await create.execute(input, ben(key))
    expect(made).toMatchObject({
      outcome: 'ok',
      data: { ticket_id: expect.stringMatching(/^T-\d+$/), priority: 'high' },
    })
    expect(await create.execute(input, ben(key))).toEqual(made)
    expect(await effects(key)).toHaveLength(1)
  })
})
