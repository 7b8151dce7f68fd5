import { z } from 'zod'
import { deskTool } from './desk-tool.ts'
import { viewOrder } from './order-view.ts'

/** The customer's newest orders, one line each. */
export const listOrders = deskTool({
  name: 'list_orders',
  description:
    'The newest orders of the customer in this conversation, one line each: number, status, day, items, total. Use it when the customer does not name an order number. get_order_status has the details of one.',
  input: z.strictObject({
    status: z
      .enum(['processing', 'shipped', 'delivered', 'cancelled'])
      .optional()
      .describe('Only orders in this state'),
    limit: z.int().min(1).max(20).optional().describe('How many, newest first; 5 when left out'),
  }),
  effect: 'read',
  quick: true,
  timeout: 1_500,
  async execute({ status, limit = 5 }, { systems, customerId, signal }) {
    const found = await systems.orders.list({ customerId, signal, limit, ...(status ? { status } : {}) })
    return {
      outcome: 'ok',
      data: {
        orders: found.map(viewOrder).map((view) => ({
          order: view.order,
          status: view.status,
          placed_on: view.placed_on,
          items: view.items.map((item) => `${item.quantity} x ${item.name}`),
          total: view.total,
          ...(view.eta && view.status === 'shipped' ? { eta: view.eta } : {}),
          ...(view.late ? { late: true } : {}),
        })),
        ...(found.length === 0 ? { note: 'No such orders on this account.' } : {}),
      },
    }
  },
})
