// What people see beside a conversation: the customer's newest orders, and the invoices they owe.
import { z } from 'zod'
import type { CardRead } from '../types.ts'

const orders = z.object({
  orders: z.array(z.object({ order: z.string(), status: z.string(), total: z.string(), late: z.boolean().optional() })),
})
const invoices = z.object({
  invoices: z.array(
    z.object({ invoice_number: z.string(), amount: z.string(), status: z.string(), due_on: z.string() }),
  ),
})

export const customerCard: readonly CardRead[] = [
  {
    title: 'Orders',
    tool: 'list_orders',
    input: { limit: 5 },
    rows: (data) =>
      orders.parse(data).orders.map(({ order, status, total, late }) => ({
        label: order,
        text: `${status}${late ? ', late' : ''}, ${total}`,
      })),
  },
  {
    title: 'Open invoices',
    tool: 'get_billing_info',
    input: { only_unpaid: true },
    rows: (data) =>
      invoices.parse(data).invoices.map(({ invoice_number: label, amount, status, due_on: due }) => ({
        label,
        text: `${amount}, ${status === 'overdue' ? `overdue since ${due}` : `due ${due}`}`,
      })),
  },
]
