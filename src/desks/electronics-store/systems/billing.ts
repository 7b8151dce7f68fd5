// Billing, a legacy system behind SOAP. Amounts are cents; the XML reader may hand numbers as text and a list of one as the one.
import { z } from 'zod'
import type { ZodType } from 'zod'
import { OutsideError } from '../../../domain/errors.ts'
import type { JsonObject } from '../../../domain/json.ts'
import type { SoapClient } from '../../../ports/systems.ts'
import type { Reply } from './rest.ts'

const CALL_TIMEOUT = 8_000
const cents = z.coerce.number().int()
const text = z.coerce.string()
/** An `xsd:date` read into a Date, crossing JSON, carries a midnight nobody wrote. */
const day = text.transform((value) => value.slice(0, 10))
const manyOf = <T>(one: ZodType<T>) =>
  z.preprocess(
    (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]),
    z.array(one),
  )

const invoice = z.object({
  invoiceNumber: text,
  orderNumber: text.optional(),
  description: text,
  amountCents: cents,
  issuedOn: day,
  dueOn: day,
  status: text,
})
const billingInfo = z.object({
  balanceCents: cents,
  overdueCents: cents,
  creditCents: cents,
  currency: text,
  paymentMethodBrand: text.optional(),
  paymentMethodLast4: text.optional(),
  invoice: manyOf(invoice),
})
export type Invoice = z.infer<typeof invoice>
export type BillingInfo = z.infer<typeof billingInfo>

const transaction = z.object({ transactionId: text, amountCents: cents, currency: text, bookedAt: text })
const booked = z.object({ transaction })
const search = z.object({ found: z.coerce.boolean(), transaction: manyOf(transaction) })
/** A booked refund or credit. */
export type Transaction = z.infer<typeof transaction>
/** `reference` is ours: billing knows no idempotency keys, but can be asked for it. */
export type Booking = { reference: string; customerId: string; amountCents: number; currency: string; reason: string }

export type Billing = {
  /** Balance, payment method and the newest invoices, with every unpaid one among them. */
  billingInfo: (customerId: string, signal: AbortSignal) => Promise<Reply<BillingInfo>>
  refund: (
    booking: Booking & { orderNumber: string },
    signal: AbortSignal,
  ) => Promise<Reply<{ transaction: Transaction }>>
  credit: (booking: Booking, signal: AbortSignal) => Promise<Reply<{ transaction: Transaction }>>
  /** What was booked under our reference; null when nothing was. */
  bookedUnder: (reference: string, signal: AbortSignal) => Promise<Transaction | null>
}

/** `wsdl` is the address of the service's description. */
export function billingClient(soap: SoapClient, wsdl: string): Billing {
  const call = async <T>(
    operation: string,
    input: JsonObject,
    shape: ZodType<T>,
    signal: AbortSignal,
  ): Promise<Reply<T>> => {
    const answer = await soap.call({ dependency: 'billing', wsdl, operation, input, timeout: CALL_TIMEOUT, signal })
    if ('fault' in answer) return { refused: answer.fault }
    const parsed = shape.safeParse(answer.result)
    if (parsed.success) return { done: parsed.data }
    throw new OutsideError('BackendError.Malformed', 'billing', `billing answered ${operation} in an unknown shape`)
  }
  return {
    billingInfo: (customerId, signal) => call('GetBillingInfo', { customerId }, billingInfo, signal),
    refund: ({ reference, orderNumber, ...rest }, signal) =>
      call('RefundPayment', { reference, orderNumber, ...rest }, booked, signal),
    credit: (booking, signal) => call('ApplyCredit', booking, booked, signal),
    async bookedUnder(reference, signal) {
      const reply = await call('FindTransaction', { reference }, search, signal)
      return 'done' in reply ? (reply.done.transaction[0] ?? null) : null
    },
  }
}
