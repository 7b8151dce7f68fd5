import { z } from 'zod'
import type { PaymentLink } from '../systems/crm.ts'
import { deskTool } from './desk-tool.ts'
import { resultOf } from './results.ts'

const view = (link: PaymentLink) => ({
  link: link.url,
  valid_until: link.expires_at,
  note: 'Give the customer this link. The payment method changes only when they finish on that page.',
})

/** A hosted page where the customer enters the new payment method; no card number ever passes through the conversation. */
export const updatePaymentMethod = deskTool({
  name: 'update_payment_method',
  description:
    'Makes a secure one-hour link to a hosted page where the customer in this conversation can change their payment method. Never ask for or repeat a card number.',
  input: z.strictObject({}),
  effect: 'write',
  deduplicates: true,
  repeatable: true,
  timeout: 8_000,
  // The link is shown only to the signed-in customer it belongs to.
  authorize: async () => ({ decision: 'allow' }),
  async execute(_input, { systems, customerId, key, signal }) {
    return resultOf(await systems.crm.makePaymentLink(customerId, key, signal), view)
  },
  async lookUp(_input, { systems, key, signal }) {
    const reply = await systems.crm.paymentLinkOutcome(key, signal)
    return reply && resultOf(reply, view)
  },
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now)? (?:updated|changed|replaced|created|made|generated|prepared)\b[^.!?]{0,60}\b(?:payment|card|link)\b/i,
    /\bpayment method has (?:now |just )?been (?:updated|changed|replaced)\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,60}\b(?:zahlungsart|zahlungsmittel|karte)\b[^.!?]{0,40}\b(?:geändert|aktualisiert)(?!\p{L})/iu,
  ],
})
