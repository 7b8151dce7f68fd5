import { createClientAsync } from 'soap'
import type { Client } from 'soap'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openSandbox } from './running.ts'
import type { TestSandbox } from './running.ts'

let sandbox: TestSandbox
let client: Client
beforeAll(async () => {
  sandbox = await openSandbox()
  client = await createClientAsync(`${sandbox.url()}/billing?wsdl`)
})
afterEach(() => sandbox.heal())
afterAll(() => sandbox.stop())

async function call(operation: string, args: Record<string, unknown>): Promise<unknown> {
  const [result]: unknown[] = await client[`${operation}Async`](args)
  return result
}

const refund = {
  reference: 'eff-1',
  orderNumber: '22345',
  customerId: 'cust_1002',
  amountCents: 10_000,
  currency: 'USD',
  reason: 'scratched',
}

test('billing information has balance, overdue invoices and the payment method', async () => {
  expect(await call('GetBillingInfo', { customerId: 'cust_1002' })).toMatchObject({
    customerId: 'cust_1002',
    balanceCents: 8_900,
    overdueCents: 8_900,
    currency: 'USD',
    paymentMethodBrand: 'Mastercard',
    paymentMethodLast4: '5100',
    invoice: [
      { invoiceNumber: 'INV-900001', status: 'overdue' },
      { orderNumber: '22345', status: 'paid', amountCents: 124_900 },
    ],
  })
  expect(await call('GetInvoice', { invoiceNumber: 'INV-900001' })).toMatchObject({ invoice: { amountCents: 8_900 } })
})

test('the same reference books twice, like the legacy system it is, and the look-up and the ledger show it', async () => {
  expect(await call('FindTransaction', { reference: 'eff-1' })).toEqual({ found: false })
  await call('RefundPayment', refund)
  expect(await call('FindTransaction', { reference: 'eff-1' })).toMatchObject({
    found: true,
    transaction: [{ kind: 'refund', amountCents: 10_000 }],
  })
  await call('RefundPayment', refund)
  expect(await call('FindTransaction', { reference: 'eff-1' })).toMatchObject({ transaction: [{}, {}] })
  expect(await sandbox.ledger('?system=billing')).toMatchObject([
    { operation: 'RefundPayment', reference: 'eff-1', business_key: '22345', repeated: 1, amount_cents: 10_000 },
    { operation: 'RefundPayment', reference: 'eff-1', business_key: '22345', repeated: 0 },
  ])
})

test('a business refusal is a SOAP fault with a code in its detail', async () => {
  const beyond = call('RefundPayment', { ...refund, reference: 'eff-2', amountCents: 200_000 })
  await expect(beyond).rejects.toMatchObject({
    root: {
      Envelope: {
        Body: { Fault: { faultcode: 'soap:Client', detail: { BusinessFault: { code: 'exceeds_order_price' } } } },
      },
    },
  })
  await expect(call('GetBillingInfo', { customerId: 'cust_1' })).rejects.toThrow('there is no customer')
  expect(await call('FindTransaction', { reference: 'eff-2' })).toEqual({ found: false })
})

test('drop-after-effect books and says nothing; the reference tells', async () => {
  await sandbox.send('POST', '/_faults', {
    target: 'billing',
    kind: 'drop-after-effect',
    operation: 'apply_credit',
    count: 1,
  })
  const credit = { reference: 'eff-3', customerId: 'cust_1002', amountCents: 500, currency: 'USD', reason: 'sorry' }
  await expect(call('ApplyCredit', credit)).rejects.toThrow(/socket|hang up|ECONNRESET|aborted/i)
  expect(await call('FindTransaction', { reference: 'eff-3' })).toMatchObject({
    found: true,
    transaction: [{ kind: 'credit' }],
  })
})

test('malformed and error-500 answers are no SOAP at all', async () => {
  await sandbox.send('POST', '/_faults', { target: 'billing', kind: 'malformed', count: 1 })
  // The client reports broken XML as a thing with a `Fault` that is no Error: not a business fault.
  await expect(call('GetBillingInfo', { customerId: 'cust_1002' })).rejects.toMatchObject({
    Fault: { faultstring: 'Invalid XML' },
  })
  await sandbox.send('POST', '/_faults', {
    target: 'billing',
    kind: 'error-500',
    operation: 'GetBillingInfo',
    count: 1,
  })
  await expect(call('GetBillingInfo', { customerId: 'cust_1002' })).rejects.toThrow(Error)
  expect(await call('GetBillingInfo', { customerId: 'cust_1002' })).toMatchObject({ customerId: 'cust_1002' })
})
