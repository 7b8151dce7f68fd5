import { z } from 'zod'
import type { Invoice } from '../systems/billing.ts'
import { deskTool } from './desk-tool.ts'
import { money, resultOf } from './results.ts'

const MOST_INVOICES = 10

/** Balance, payment method and invoices, read from the billing system by SOAP. */
export const getBillingInfo = deskTool({
  name: 'get_billing_info',
  description:
    'Billing of the customer in this conversation: balance due, overdue amount, credit, payment method on file (brand and last four digits) and the newest invoices. Set only_unpaid to see open and overdue invoices only.',
  input: z.strictObject({
    only_unpaid: z.boolean().optional().describe('true: only invoices that are open or overdue'),
  }),
  effect: 'read',
  timeout: 9_000,
  async execute({ only_unpaid }, { systems, customerId, signal }) {
    return resultOf(await systems.billing.billingInfo(customerId, signal), (info) => {
      const chosen = info.invoice.filter((invoice) => !only_unpaid || invoice.status !== 'paid')
      return {
        balance: money(info.balanceCents, info.currency),
        overdue: money(info.overdueCents, info.currency),
        credit: money(info.creditCents, info.currency),
        payment_method: info.paymentMethodBrand
          ? { brand: info.paymentMethodBrand, last4: info.paymentMethodLast4 ?? 'unknown' }
          : 'none on file',
        invoices: chosen.slice(0, MOST_INVOICES).map((invoice) => viewInvoice(invoice, info.currency)),
        ...(chosen.length > MOST_INVOICES ? { more_invoices: chosen.length - MOST_INVOICES } : {}),
      }
    })
  },
})

function viewInvoice(invoice: Invoice, currency: string) {
  return {
    invoice_number: invoice.invoiceNumber,
    ...(invoice.orderNumber ? { order: invoice.orderNumber } : {}),
    for: invoice.description,
    amount: money(invoice.amountCents, currency),
    issued_on: invoice.issuedOn,
    due_on: invoice.dueOn,
    status: invoice.status,
  }
}
