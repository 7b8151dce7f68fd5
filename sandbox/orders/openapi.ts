import { objectSchema, openapiDocument } from '../http/openapi.ts'
import type { Schema } from '../http/openapi.ts'

const text: Schema = { type: 'string' }
const maybeText: Schema = { type: ['string', 'null'] }
const address = objectSchema({ street: text, city: text, postal_code: text, country: text }, [
  'city',
  'postal_code',
  'country',
])
const item = objectSchema({ sku: text, name: text, quantity: { type: 'integer' }, unit_cents: { type: 'integer' } })
const order = objectSchema({
  number: text,
  customer_id: text,
  status: { enum: ['processing', 'shipped', 'delivered', 'cancelled'] },
  placed_at: { type: 'string', format: 'date-time' },
  items: { type: 'array', items: item },
  total_cents: { type: 'integer' },
  refunded_cents: { type: 'integer' },
  currency: text,
  carrier: maybeText,
  tracking: maybeText,
  eta: maybeText,
  delivered_on: maybeText,
  late: { type: 'boolean' },
  address,
  cancel_reason: maybeText,
})
const closed = ['already_shipped', 'already_delivered', 'already_cancelled']
const change = objectSchema(
  {
    consent: text,
    address,
    items: {
      type: 'array',
      items: objectSchema({ sku: text, quantity: { type: 'integer', minimum: 0, maximum: 20 } }),
    },
  },
  ['address', 'items', 'consent'],
)

/** The order system's OpenAPI document. */
export function ordersDocument(server: string): Schema {
  return openapiDocument('Demo company orders', server, [
    {
      method: 'get',
      path: '/',
      operationId: 'listOrders',
      summary: 'Orders of one customer, newest first',
      query: ['customer_id', 'status', 'limit'],
      status: 200,
      answer: objectSchema({ data: { type: 'array', items: order } }),
    },
    { method: 'get', path: '/{number}', operationId: 'getOrder', summary: 'One order', status: 200, answer: order },
    {
      method: 'post',
      path: '/{number}/cancel',
      operationId: 'cancelOrder',
      summary: 'Cancel an order that has not shipped; with consent (who agreed to it) also one on its way',
      body: objectSchema({ reason: text, consent: text }, ['reason', 'consent']),
      status: 200,
      answer: order,
      refusals: closed,
    },
    {
      method: 'post',
      path: '/{number}/refunds',
      operationId: 'openRefund',
      summary: 'Open a refund under the Idempotency-Key; never more than the order cost',
      body: objectSchema({ amount_cents: { type: 'integer', minimum: 1 }, reason: text }, ['reason']),
      status: 200,
      answer: order,
      refusals: ['not_refundable', 'exceeds_order_price'],
    },
    {
      method: 'post',
      path: '/{number}/refunds/withdraw',
      operationId: 'withdrawRefund',
      summary: 'Withdraw a refund that billing did not pay',
      body: objectSchema({ refund: text }),
      status: 200,
      answer: order,
    },
    {
      method: 'patch',
      path: '/{number}',
      operationId: 'modifyOrder',
      summary: 'Change address or quantities before shipping (0 removes an item); the address with consent also later',
      body: change,
      status: 200,
      answer: order,
      refusals: [...closed, 'unknown_item', 'last_item'],
    },
  ])
}
