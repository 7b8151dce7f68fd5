import { z } from 'zod'
import type { Authorization } from '../../types.ts'
import type { Order } from '../systems/orders.ts'
import { deskTool } from './desk-tool.ts'
import { orderNumber } from './order-input.ts'
import { viewOrder } from './order-view.ts'
import { cancelWords } from './order-words.ts'
import { lookUpOrderWrite } from './order-write.ts'
import { money, no, orderNotFound, resultOf } from './results.ts'

/** Cancels one order. Before it ships at once; afterwards a person must consent. */
export const cancelOrder = deskTool({
  name: 'cancel_order',
  description:
    'Cancels one whole order of the customer in this conversation. Only when they asked for exactly this and named the order. An order that has shipped needs the consent of a colleague.',
  input: z.strictObject({
    order: orderNumber,
    reason: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe("The customer's reason in a few words, if they gave one"),
  }),
  effect: 'write',
  deduplicates: true,
  timeout: 8_000,
  businessKey: ({ order }) => `order/${order}/cancel`,
  async authorize({ order }, { systems, customerId, signal }) {
    const found = await systems.orders.find({ number: order, customerId, signal })
    return found ? judge(found) : { decision: 'refuse', data: orderNotFound(order) }
  },
  kind: 'cancel',
  risky: true,
  describe: ({ order }, facts, locale) => cancelWords(order, facts, locale),
  async execute({ order, reason }, { systems, tenant, desk, customerId, key, approval, signal }) {
    try {
      const asked = { number: order, consent: approval, key, signal, ...(reason === undefined ? {} : { reason }) }
      return resultOf(await systems.orders.cancel(asked), viewOrder)
    } finally {
      // Also after a failure: the cancellation may have happened all the same.
      await systems.orderCache.drop({ tenant, desk, customerId }, order)
    }
  },
  lookUp: lookUpOrderWrite,
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now| successfully)* cancell?ed\b/i,
    // "if it has been cancelled" claims nothing.
    /(?<!\b(?:if|once|when|until|unless|after|whether)\b[^.!?]{0,60})\bhas (?:now |just |successfully )*been (?:successfully )?cancell?ed\b/i,
    /\bis now (?:successfully )?cancell?ed\b/i,
    /\b(?:done|all set)\b[^.?]{0,40}\bcancell?ed\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,80}\bstorniert(?!\p{L})/iu,
    /\bwurde\b[^.!?]{0,40}\b(?:soeben|jetzt|gerade|erfolgreich)\b[^.!?]{0,20}\bstorniert(?!\p{L})/iu,
  ],
})

function judge(order: Order): Authorization {
  const { number, status } = order
  const facts = { status, total: money(order.total_cents, order.currency) }
  if (status === 'processing') return { decision: 'allow', facts }
  if (status === 'shipped') return { decision: 'needs_approval', why: `Order ${number} has already shipped.`, facts }
  const data =
    status === 'delivered'
      ? no(
          'already_delivered',
          `Order ${number} was delivered. It can be returned within 30 days of delivery, 60 days for premium and enterprise.`,
        )
      : no('already_cancelled', `Order ${number} is cancelled already; nothing is left to do.`)
  return { decision: 'refuse', data }
}
