// The order system. An order that belongs to somebody else reads as one that does not exist, everywhere.
import { z } from 'zod'
import type { JsonObject } from '../../../domain/json.ts'
import type { HttpClient } from '../../../ports/systems.ts'
import { restSystem } from './rest.ts'
import type { Reply } from './rest.ts'

const item = z.object({ sku: z.string(), name: z.string(), quantity: z.number(), unit_cents: z.number() })
const order = z.object({
  number: z.string(),
  customer_id: z.string(),
  status: z.enum(['processing', 'shipped', 'delivered', 'cancelled']),
  placed_at: z.string(),
  items: z.array(item),
  total_cents: z.number(),
  /** Refunds opened and not withdrawn; a system that knows none of them leaves it out. */
  refunded_cents: z.number().default(0),
  currency: z.string(),
  carrier: z.string().nullable(),
  tracking: z.string().nullable(),
  eta: z.string().nullable(),
  delivered_on: z.string().nullable(),
  late: z.boolean(),
  address: z.record(z.string(), z.string()),
  cancel_reason: z.string().nullable(),
})
const orderList = z.object({ data: z.array(order) })

/** An order as the back end knows it; money in cents, dates `YYYY-MM-DD`. */
export type Order = z.infer<typeof order>
export type OrderStatus = Order['status']
type Owner = { customerId: string; signal: AbortSignal }
type Write = { number: string; key: string; signal: AbortSignal }

export type Orders = {
  /** The customer's own order, read fresh; null when there is none of this number for them. */
  find: (request: Owner & { number: string }) => Promise<Order | null>
  /** The customer's orders, newest first. */
  list: (request: Owner & { status?: OrderStatus; limit: number }) => Promise<Order[]>
  /** `consent`: the approval that lets it happen also after shipping. */
  cancel: (request: Write & { reason?: string; consent: string | null }) => Promise<Reply<Order>>
  modify: (request: Write & { change: JsonObject; consent: string | null }) => Promise<Reply<Order>>
  /** Opens a refund under the key; withdrawing names that key. */
  openRefund: (request: Write & { amountCents: number; reason: string }) => Promise<Reply<Order>>
  withdrawRefund: (request: Write) => Promise<Reply<Order>>
  /** The first answer to the write with this key; null when the order system knows of none. */
  outcomeOf: (key: string, signal: AbortSignal) => Promise<Reply<Order> | null>
}

export function ordersClient(http: HttpClient, baseUrl: string): Orders {
  const orders = restSystem(http, 'orders', baseUrl)
  const path = (number: string, rest = '') => `/${encodeURIComponent(number)}${rest}`
  return {
    async find({ number, customerId, signal }) {
      const reply = await orders.call({ method: 'GET', path: path(number), shape: order, signal })
      return 'done' in reply && reply.done.customer_id === customerId ? reply.done : null
    },
    async list({ customerId, status, limit, signal }) {
      const query = new URLSearchParams({ customer_id: customerId, limit: String(limit) })
      if (status) query.set('status', status)
      const reply = await orders.call({ method: 'GET', path: `/?${query.toString()}`, shape: orderList, signal })
      return 'done' in reply ? reply.done.data.filter((found) => found.customer_id === customerId) : []
    },
    cancel: ({ number, reason, consent, key, signal }) => {
      const body: JsonObject = { ...(reason === undefined ? {} : { reason }), ...(consent === null ? {} : { consent }) }
      return orders.call({ method: 'POST', path: path(number, '/cancel'), body, key, shape: order, signal })
    },
    modify: ({ number, change, consent, key, signal }) => {
      const body: JsonObject = { ...change, ...(consent === null ? {} : { consent }) }
      return orders.call({ method: 'PATCH', path: path(number), body, key, shape: order, signal })
    },
    openRefund: ({ number, amountCents, reason, key, signal }) => {
      const body: JsonObject = { amount_cents: amountCents, reason }
      return orders.call({ method: 'POST', path: path(number, '/refunds'), body, key, shape: order, signal })
    },
    withdrawRefund: ({ number, key, signal }) =>
      orders.call({
        method: 'POST',
        path: path(number, '/refunds/withdraw'),
        body: { refund: key },
        key: `${key}/withdraw`,
        shape: order,
        signal,
      }),
    outcomeOf: (key, signal) => orders.outcomeOf({ key, shape: order, signal }),
  }
}
