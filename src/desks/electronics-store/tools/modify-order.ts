import { z } from 'zod'
import type { JsonObject } from '../../../domain/json.ts'
import type { Authorization } from '../../types.ts'
import type { Order } from '../systems/orders.ts'
import { deskTool } from './desk-tool.ts'
import { orderNumber } from './order-input.ts'
import { viewOrder } from './order-view.ts'
import { modifyWords } from './order-words.ts'
import { lookUpOrderWrite } from './order-write.ts'
import { no, orderNotFound, resultOf } from './results.ts'

const line = (most: number) => z.string().trim().min(1).max(most)
const input = z
  .strictObject({
    order: orderNumber,
    address: z
      .strictObject({
        street: line(200).describe('House number and street'),
        city: line(100).optional(),
        postal_code: line(20).optional(),
        country: line(60).optional(),
      })
      .optional()
      .describe('The new shipping address. Parts left out stay as they are: ask when the town changes too.'),
    items: z
      .array(
        z.strictObject({
          sku: line(100).describe('As get_order_status shows it'),
          quantity: z.int().min(0).max(20).describe('The new quantity; 0 removes the item'),
        }),
      )
      .min(1)
      .max(20)
      .optional()
      .describe('Only the items whose quantity changes'),
  })
  .refine((change) => change.address !== undefined || change.items !== undefined, {
    message: 'Give address, items or both.',
  })
type Change = z.infer<typeof input>

/** Changes the address or the quantities of one order, before it ships; the address also later, with a person's consent. */
export const modifyOrder = deskTool({
  name: 'modify_order',
  description:
    'Changes the shipping address and/or item quantities of one order of the customer in this conversation. Only when they asked for exactly this and named the order. A new address after dispatch needs the consent of a colleague.',
  input,
  effect: 'write',
  deduplicates: true,
  timeout: 8_000,
  businessKey: ({ order }) => `order/${order}/modify`,
  async authorize(change, { systems, customerId, signal }) {
    const found = await systems.orders.find({ number: change.order, customerId, signal })
    return found ? judge(change, found) : { decision: 'refuse', data: orderNotFound(change.order) }
  },
  kind: 'modify',
  risky: true,
  describe: ({ order, address, items }, facts, locale) => modifyWords({ order, address, items }, facts, locale),
  async execute({ order, address, items }, { systems, tenant, desk, customerId, key, approval, signal }) {
    const change: JsonObject = { ...(address ? { address } : {}), ...(items ? { items } : {}) }
    try {
      return resultOf(await systems.orders.modify({ number: order, change, consent: approval, key, signal }), viewOrder)
    } finally {
      // Also after a failure: the change may have happened all the same.
      await systems.orderCache.drop({ tenant, desk, customerId }, order)
    }
  },
  lookUp: lookUpOrderWrite,
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now| successfully)* (?:changed|updated|modified|adjusted|removed|amended)\b[^.!?]{0,60}\b(?:order|address|quantity|quantities|items?)\b/i,
    /(?<!\b(?:if|once|when|until|unless|after|whether)\b[^.!?]{0,60})\b(?:order|address|quantity|quantities|items?)\b[^.!?]{0,30}\b(?:has|have) (?:now |just |successfully )*been (?:successfully )?(?:changed|updated|modified|adjusted|removed)\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,80}\b(?:bestellung|adresse|menge)\b[^.!?]{0,60}\b(?:geändert|aktualisiert|angepasst)(?!\p{L})/iu,
  ],
})

function judge({ order, items }: Change, found: Order): Authorization {
  const refuse = (code: string, message: string): Authorization => ({ decision: 'refuse', data: no(code, message) })
  if (found.status === 'cancelled') return refuse('already_cancelled', `Order ${order} is cancelled and cannot change.`)
  if (found.status === 'delivered') {
    return refuse(
      'already_delivered',
      `Order ${order} was delivered. It can be returned within 30 days of delivery, 60 days for premium and enterprise.`,
    )
  }
  if (items && found.status === 'shipped') {
    return refuse('already_shipped', `Order ${order} has shipped, so its quantities cannot change any more.`)
  }
  const strange = (items ?? []).filter((item) => !found.items.some((known) => known.sku === item.sku))
  if (strange.length > 0) {
    const known = found.items.map((item) => item.sku).join(', ')
    return refuse(
      'unknown_item',
      `Order ${order} has no ${strange.map((item) => item.sku).join(', ')}; it has ${known}.`,
    )
  }
  const wanted = new Map((items ?? []).map((item) => [item.sku, item.quantity]))
  if (found.items.every((item) => (wanted.get(item.sku) ?? item.quantity) === 0)) {
    return refuse('last_item', `That would leave order ${order} empty. The whole order can be cancelled instead.`)
  }
  const facts = { status: found.status }
  return found.status === 'shipped'
    ? { decision: 'needs_approval', why: `Order ${order} was dispatched to another address already.`, facts }
    : { decision: 'allow', facts }
}
