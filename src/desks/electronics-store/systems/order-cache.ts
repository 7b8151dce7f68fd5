// Order views for five minutes. The key holds tenant, desk and customer, so a hit can never be somebody else's order (P6).
import { z } from 'zod'
import type { Cache } from '../../../ports/cache.ts'

const FIVE_MINUTES = 5 * 60_000

/** What the model is shown of an order. */
const orderView = z.object({
  order: z.string(),
  status: z.enum(['processing', 'shipped', 'delivered', 'cancelled']),
  placed_on: z.string(),
  items: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.number(), price: z.string() })),
  total: z.string(),
  refunded: z.string().optional(),
  carrier: z.string().optional(),
  tracking: z.string().optional(),
  eta: z.string().optional(),
  delivered_on: z.string().optional(),
  late: z.boolean().optional(),
  shipping_address: z.string(),
  next: z.string(),
})
export type OrderView = z.infer<typeof orderView>

export type OrderOwner = { tenant: string; desk: string; customerId: string }

export type OrderCache = {
  get: (owner: OrderOwner, number: string) => Promise<OrderView | undefined>
  set: (owner: OrderOwner, number: string, view: OrderView) => Promise<void>
  drop: (owner: OrderOwner, number: string) => Promise<void>
}

export function orderCache(cache: Cache): OrderCache {
  return {
    async get(owner, number) {
      const found = orderView.safeParse(await cache.get(keyOf(owner, number)))
      return found.success ? found.data : undefined
    },
    set: (owner, number, view) => cache.set(keyOf(owner, number), view, FIVE_MINUTES),
    drop: (owner, number) => cache.drop(keyOf(owner, number)),
  }
}

// Each part is encoded: no id with a slash in it can spell another customer's key.
const keyOf = (owner: OrderOwner, number: string): string =>
  ['order-status', owner.tenant, owner.desk, owner.customerId, number].map(encodeURIComponent).join('/')
