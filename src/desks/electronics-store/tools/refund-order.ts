import { z } from 'zod'
import type { JsonObject } from '../../../domain/json.ts'
import type { WriteWords } from '../../../domain/write-rules.ts'
import type { Authorization } from '../../types.ts'
import type { Transaction } from '../systems/billing.ts'
import type { Order } from '../systems/orders.ts'
import { deskTool } from './desk-tool.ts'
import { orderNumber } from './order-input.ts'
import { isGerman } from './order-words.ts'
import { money, no, orderNotFound, refused } from './results.ts'

const input = z.strictObject({
  order: orderNumber,
  amount_cents: z
    .int()
    .min(1)
    .max(100_000_000)
    .optional()
    .describe('Whole cents, for a part only: 2000 is $20. Leave it out for everything that can still be refunded.'),
  currency: z.literal('USD').optional(),
  reason: z.string().trim().min(1).max(200).optional().describe("The customer's reason in a few words"),
})
type Refund = z.infer<typeof input>

/** Pays back a part or the whole of an order: opened in the order system, paid by billing, never more than it cost. */
export const refundOrder = deskTool({
  name: 'refund_order',
  description:
    'Refunds one order of the customer in this conversation, in part or as a whole, to the card it was paid with. Only when they asked for exactly this and named the order. Larger refunds wait for colleagues to agree.',
  input,
  effect: 'write',
  kind: 'refund',
  risky: true,
  // Billing books the same reference twice, so it is only ever asked for it.
  deduplicates: false,
  timeout: 12_000,
  businessKey: ({ order }) => `order/${order}/refund`,
  amount: ({ amount_cents: cents }) => (cents === undefined ? null : { cents, currency: 'USD' }),
  describe: refundWords,
  edit({ order, amount_cents: cents }, before, facts) {
    if (order !== before.order) return 'order: a refund stays with its order'
    if (cents === undefined) return 'amount_cents: say how much'
    const left = Number(facts['refundable_cents'])
    return cents <= left ? null : `amount_cents: at most ${money(left)} of order ${order} can be refunded`
  },
  async authorize(wish, { systems, customerId, signal }) {
    const found = await systems.orders.find({ number: wish.order, customerId, signal })
    return found ? judge(wish, found) : { decision: 'refuse', data: orderNotFound(wish.order) }
  },
  async execute(refund, { systems, tenant, desk, customerId, key, signal }) {
    const { order, amount_cents: amountCents = 0, reason = 'customer request' } = refund
    const write = { number: order, key, signal }
    try {
      const opened = await systems.orders.openRefund({ ...write, amountCents, reason })
      if ('refused' in opened) return refused(opened.refused.code, opened.refused.message)
      const booking = { reference: key, orderNumber: order, customerId, amountCents, currency: 'USD', reason }
      const paid = await systems.billing.refund(booking, signal)
      if ('done' in paid) return { outcome: 'ok', data: view(order, paid.done.transaction) }
      // An open refund that is never paid would count against the order for ever.
      await systems.orders.withdrawRefund(write)
      return refused(paid.refused.code, paid.refused.message)
    } finally {
      await systems.orderCache.drop({ tenant, desk, customerId }, order)
    }
  },
  async lookUp({ order }, { systems, tenant, desk, customerId, key, signal }) {
    const paid = await systems.billing.bookedUnder(key, signal)
    await systems.orderCache.drop({ tenant, desk, customerId }, order)
    return paid && { outcome: 'ok', data: view(order, paid) }
  },
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now| already| successfully)* (?:refunded|issued (?:a|the|your)[^.!?]{0,20} refund)\b/i,
    /(?<!\b(?:if|once|when|until|unless|after|whether)\b[^.!?]{0,60})\b(?:refund|money) has (?:now |just |already )?been (?:issued|sent|processed|returned|booked|paid)\b/i,
    /\b(?:your|the) refund\b[^.!?]{0,40}\bis (?:now )?(?:booked|issued|done|on its way)\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,80}\berstattet(?!\p{L})/iu,
  ],
})

const view = (order: string, paid: Transaction) => ({
  order,
  refunded: money(paid.amountCents, paid.currency),
  transaction: paid.transactionId,
  note: 'It shows on the card within 5 working days.',
})

/** The whole is spelled out in cents here, so that what is decided on and what runs cannot differ. */
function judge({ order, amount_cents: asked, reason }: Refund, found: Order): Authorization {
  const refuse = (code: string, message: string): Authorization => ({ decision: 'refuse', data: no(code, message) })
  if (found.status === 'processing') {
    return refuse('not_shipped', `Order ${order} has not shipped. It can be cancelled, which pays everything back.`)
  }
  if (found.status === 'cancelled') {
    return refuse('already_cancelled', `Order ${order} is cancelled; billing pays back what was paid for it.`)
  }
  const left = found.total_cents - found.refunded_cents
  if (left <= 0) return refuse('already_refunded', `Order ${order} is refunded already; nothing is left to refund.`)
  const cents = asked ?? left
  if (cents > left) {
    return refuse('exceeds_order_price', `At most ${money(left, found.currency)} of order ${order} can be refunded.`)
  }
  return {
    decision: 'allow',
    input: { order, amount_cents: cents, currency: 'USD', reason: reason ?? 'customer request' },
    facts: { total_cents: found.total_cents, refundable_cents: left },
  }
}

function refundWords({ order, amount_cents: cents = 0 }: Refund, facts: JsonObject, locale: string): WriteWords {
  const left = Number(facts['refundable_cents']) - cents
  const total = Number(facts['total_cents'])
  const to = typeof facts['customer_name'] === 'string' ? facts['customer_name'] : 'the customer'
  const share = cents === total ? `the whole of order ${order}` : `part of order ${order} (${money(total)})`
  return {
    text: `Refund ${money(cents)}, ${share}, to ${to}, back to the card the order was paid with.`,
    after: left > 0 ? `${money(left)} can still be refunded after it.` : 'Nothing is left to refund after it.',
    what: isGerman(locale)
      ? `eine Erstattung von ${money(cents)} für Bestellung ${order}`
      : `a refund of ${money(cents)} for order ${order}`,
  }
}
