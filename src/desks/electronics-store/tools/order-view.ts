// An order as the model reads it: few fields, money as text, and what can still be done with it.
import type { Order } from '../systems/orders.ts'
import type { OrderView } from '../systems/order-cache.ts'
import { money } from './results.ts'

const NEXT: Record<Order['status'], string> = {
  processing: 'Not shipped yet: can be cancelled, and address and quantities can be changed.',
  shipped: 'On its way: cancelling or a new address needs the consent of a colleague; quantities cannot change.',
  delivered: 'Delivered: can be returned within 30 days (premium and enterprise 60); cannot be cancelled or changed.',
  cancelled: 'Cancelled: nothing more to do.',
}

export function viewOrder(order: Order): OrderView {
  return {
    order: order.number,
    status: order.status,
    placed_on: order.placed_at.slice(0, 10),
    items: order.items.map((item) => ({
      sku: item.sku,
      name: item.name,
      quantity: item.quantity,
      price: money(item.unit_cents, order.currency),
    })),
    total: money(order.total_cents, order.currency),
    ...(order.refunded_cents > 0 ? { refunded: money(order.refunded_cents, order.currency) } : {}),
    ...(order.carrier ? { carrier: order.carrier } : {}),
    ...(order.tracking ? { tracking: order.tracking } : {}),
    ...(order.eta ? { eta: order.eta } : {}),
    ...(order.delivered_on ? { delivered_on: order.delivered_on } : {}),
    ...(order.late ? { late: true } : {}),
    shipping_address: ['street', 'city', 'postal_code', 'country']
      .map((part) => order.address[part])
      .filter(Boolean)
      .join(', '),
    next: NEXT[order.status],
  }
}
