// The CRM: who a customer is, reset mails, hosted pages for payment methods.
import { z } from 'zod'
import type { HttpClient } from '../../../ports/systems.ts'
import { restSystem } from './rest.ts'
import type { Reply } from './rest.ts'

export type Address = { street: string; city?: string; postal_code?: string; country?: string }
const address = z.object({
  street: z.string(),
  city: z.string().optional(),
  postal_code: z.string().optional(),
  country: z.string().optional(),
})
const customer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  tier: z.string(),
  language: z.string(),
  locked: z.boolean(),
  locked_reason: z.string().nullable(),
  member_since: z.string(),
  address,
})
const resetMail = z.object({ sent_to: z.string(), expires_in_minutes: z.number() })
const paymentLink = z.object({ url: z.string(), expires_at: z.string() })

export type Customer = z.infer<typeof customer>
export type ResetMail = z.infer<typeof resetMail>
export type PaymentLink = z.infer<typeof paymentLink>

/** `key` is the idempotency key of a write; `...Outcome` asks whether the write with that key happened. */
export type Crm = {
  customer: (id: string, signal: AbortSignal) => Promise<Reply<Customer>>
  sendResetMail: (id: string, key: string, signal: AbortSignal) => Promise<Reply<ResetMail>>
  resetMailOutcome: (key: string, signal: AbortSignal) => Promise<Reply<ResetMail> | null>
  makePaymentLink: (id: string, key: string, signal: AbortSignal) => Promise<Reply<PaymentLink>>
  paymentLinkOutcome: (key: string, signal: AbortSignal) => Promise<Reply<PaymentLink> | null>
}

export function crmClient(http: HttpClient, baseUrl: string): Crm {
  const crm = restSystem(http, 'crm', baseUrl)
  const path = (id: string, rest = '') => `/customers/${encodeURIComponent(id)}${rest}`
  return {
    customer: (id, signal) => crm.call({ method: 'GET', path: path(id), shape: customer, signal }),
    sendResetMail: (id, key, signal) =>
      crm.call({ method: 'POST', path: path(id, '/password-reset'), body: {}, key, shape: resetMail, signal }),
    resetMailOutcome: (key, signal) => crm.outcomeOf({ key, shape: resetMail, signal }),
    makePaymentLink: (id, key, signal) =>
      crm.call({ method: 'POST', path: path(id, '/payment-method-link'), body: {}, key, shape: paymentLink, signal }),
    paymentLinkOutcome: (key, signal) => crm.outcomeOf({ key, shape: paymentLink, signal }),
  }
}
