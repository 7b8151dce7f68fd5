import { z } from 'zod'
import { deskTool } from './desk-tool.ts'
import { orderNumber } from './order-input.ts'
import { viewOrder } from './order-view.ts'
import { orderNotFound } from './results.ts'

/** One order with its tracking; at most five minutes old. */
export const getOrderStatus = deskTool({
  name: 'get_order_status',
  description:
    'Status of one order of the customer in this conversation: items, total, carrier and tracking number, expected or actual delivery day, whether it is late, shipping address, and what can still be changed.',
  input: z.strictObject({ order: orderNumber }),
  effect: 'read',
  quick: true,
  timeout: 1_500,
  async execute({ order }, { systems, tenant, desk, customerId, signal }) {
    const owner = { tenant, desk, customerId }
    const cached = await systems.orderCache.get(owner, order)
    if (cached) return { outcome: 'ok', data: cached }
    const found = await systems.orders.find({ number: order, customerId, signal })
    if (!found) return { outcome: 'refused', data: orderNotFound(order) }
    const view = viewOrder(found)
    await systems.orderCache.set(owner, order, view)
    return { outcome: 'ok', data: view }
  },
})
