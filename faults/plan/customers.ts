// The demo company's customers as the rig uses them: who has which orders, and which of these can still be changed.
import { makeCompany } from '../../sandbox/seed/company.ts'
import { orderTotal, type SeedOrder } from '../../sandbox/seed/orders.ts'

/** A customer with the orders by what may be done with them. */
export interface CustomerOrders {
  id: string
  orders: string[]
  /** Can be changed and cancelled. */
  processing: string[]
  /** Cancelling needs a person's consent. */
  shipped: string[]
  delivered: string[]
  /** Shipped or delivered, with what each cost in cents. */
  refundable: { order: string; cents: number }[]
  /** Of somebody else. */
  foreign: string[]
}

// States do not depend on the day; dates do, and nothing here looks at them.
const ANY_DAY = new Date('2026-01-01T00:00:00Z')

/** Everybody; the same on every machine. */
export function customersWithOrders(): CustomerOrders[] {
  const { customers, orders } = makeCompany(ANY_DAY)
  const byOwner = Map.groupBy(orders, (order) => order.customer_id)
  const numbers = (own: readonly SeedOrder[], status?: SeedOrder['status']) =>
    own.filter((order) => status === undefined || order.status === status).map((order) => order.number)
  const processing = numbers(orders, 'processing')
  return customers.map(({ id }): CustomerOrders => {
    const own = byOwner.get(id) ?? []
    return {
      id,
      orders: numbers(own).slice(0, 12),
      processing: numbers(own, 'processing'),
      shipped: numbers(own, 'shipped'),
      delivered: numbers(own, 'delivered').slice(0, 5),
      refundable: own
        .filter(({ status }) => status === 'shipped' || status === 'delivered')
        .map((order) => ({ order: order.number, cents: orderTotal(order) })),
      foreign: processing.filter((number) => !own.some((order) => order.number === number)),
    }
  })
}

/** Whose is what, of these customers: their order and tracking numbers, which nobody else may be shown. */
export function belongingsOf(ids: ReadonlySet<string>): Record<string, string> {
  const own = makeCompany(ANY_DAY).orders.filter((order) => ids.has(order.customer_id))
  const marks = own.flatMap(({ number, tracking, customer_id }) =>
    [number, ...(tracking === undefined ? [] : [tracking])].map((mark) => [mark, customer_id] as const),
  )
  return Object.fromEntries(marks)
}
