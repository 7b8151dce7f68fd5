import { z } from 'zod'
import type { WriteWords } from '../../../domain/write-rules.ts'
import type { JsonObject } from '../../../domain/json.ts'
import type { Transaction } from '../systems/billing.ts'
import { deskTool } from './desk-tool.ts'
import { orderNumber } from './order-input.ts'
import { isGerman } from './order-words.ts'
import { money, orderNotFound, resultOf } from './results.ts'

const input = z.strictObject({
  amount_cents: z.int().min(1).max(100_000).describe('Whole cents: 1500 is $15'),
  currency: z.literal('USD').optional(),
  order: orderNumber.optional().describe('The order it is about, if there is one'),
  reason: z.string().trim().min(1).max(200).describe('What went wrong, in a few words'),
})
type Credit = z.infer<typeof input>

/** A credit on the customer's account. A late order is ground enough for a small one; any other waits for a colleague. */
export const applyGoodwillCredit = deskTool({
  name: 'apply_goodwill_credit',
  description:
    'Puts a goodwill credit on the account of the customer in this conversation. For something that went wrong on our side; name the order if it is about one. Without a late order, and above a limit, a colleague has to agree.',
  input,
  effect: 'write',
  kind: 'credit',
  risky: true,
  deduplicates: false,
  timeout: 9_000,
  amount: ({ amount_cents: cents }) => ({ cents, currency: 'USD' }),
  describe: creditWords,
  edit: ({ order }, before) => (order === before.order ? null : 'order: a credit stays with its order'),
  async authorize(wish, { systems, customerId, signal }) {
    const { order } = wish
    const found = order === undefined ? null : await systems.orders.find({ number: order, customerId, signal })
    if (order !== undefined && !found) return { decision: 'refuse', data: orderNotFound(order) }
    const grounds = { input: { ...wish, currency: 'USD' }, facts: { late: found?.late ?? false } }
    return found?.late
      ? { decision: 'allow', ...grounds }
      : { decision: 'needs_approval', why: 'No late order stands behind it.', ...grounds }
  },
  async execute({ amount_cents: amountCents, reason }, { systems, customerId, key, signal }) {
    const booking = { reference: key, customerId, amountCents, currency: 'USD', reason }
    return resultOf(await systems.billing.credit(booking, signal), ({ transaction }) => view(transaction))
  },
  async lookUp(_input, { systems, key, signal }) {
    const booked = await systems.billing.bookedUnder(key, signal)
    return booked && { outcome: 'ok', data: view(booked) }
  },
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now| already)* (?:credited|(?:applied|added|put|booked|given you)[^.!?]{0,40} credit)\b/i,
    /(?<!\b(?:if|once|when|until|unless|after|whether)\b[^.!?]{0,60})\bcredit\b[^.!?]{0,40}\b(?:has been|is now|was just) (?:applied|added|booked|put)\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,80}\b(?:gutgeschrieben)(?!\p{L})/iu,
  ],
})

const view = (booked: Transaction) => ({
  credited: money(booked.amountCents, booked.currency),
  transaction: booked.transactionId,
  note: 'It is taken off the next invoice.',
})

function creditWords({ amount_cents: cents, order, reason }: Credit, facts: JsonObject, locale: string): WriteWords {
  const to = typeof facts['customer_name'] === 'string' ? facts['customer_name'] : 'the customer'
  const about = order === undefined ? '' : ` for ${facts['late'] === true ? 'the late order' : 'order'} ${order}`
  return {
    text: `Credit ${money(cents)} to the account of ${to}${about}. The reason given: ${reason}.`,
    after: 'It is taken off the next invoice.',
    what: isGerman(locale) ? `eine Gutschrift von ${money(cents)}` : `a credit of ${money(cents)}${about}`,
  }
}
