// The SOAP operations over the books: arguments are untrusted XML, refusals become SOAP faults with a code in the detail.
import { asRefusal } from '../http/problem-handler.ts'
import { Refusal } from '../http/refusal.ts'
import { appendLedger, countRepeatedReference } from '../ledger/ledger.ts'
import type { Store } from '../store/database.ts'
import { billingInfo, bookCredit, bookRefund, findTransactions, getInvoice } from './books.ts'
import type { Transaction } from './books.ts'

/** Arguments as the SOAP server parsed them. */
export type SoapArguments = Record<string, unknown>

/** One SOAP operation; `answer` throws Refusal. */
export interface SoapOperation {
  write: boolean
  answer(store: Store, args: SoapArguments): Record<string, unknown>
}

/** All operations of the port, by their WSDL name. */
export const soapOperations: ReadonlyMap<string, SoapOperation> = new Map<string, SoapOperation>([
  ['GetBillingInfo', { write: false, answer: (store, args) => billingInfo(store, text(args, 'customerId')) }],
  [
    'GetInvoice',
    { write: false, answer: (store, args) => ({ invoice: getInvoice(store, text(args, 'invoiceNumber')) }) },
  ],
  [
    'FindTransaction',
    { write: false, answer: (store, args) => found(findTransactions(store, text(args, 'reference'))) },
  ],
  [
    'RefundPayment',
    {
      write: true,
      answer: (store, args) =>
        recorded(store, 'RefundPayment', () =>
          bookRefund(
            store,
            {
              number: text(args, 'orderNumber'),
              customerId: text(args, 'customerId'),
              amountCents: Number(args['amountCents']),
              currency: text(args, 'currency'),
            },
            { reference: text(args, 'reference'), reason: text(args, 'reason') },
          ),
        ),
    },
  ],
  [
    'ApplyCredit',
    {
      write: true,
      answer: (store, args) =>
        recorded(store, 'ApplyCredit', () =>
          bookCredit(store, {
            reference: text(args, 'reference'),
            customerId: text(args, 'customerId'),
            amountCents: Number(args['amountCents']),
            currency: text(args, 'currency'),
            reason: text(args, 'reason'),
          }),
        ),
    },
  ],
])

/** The SOAP 1.1 fault of any thrown value: `soap:Client` for a refusal, `soap:Server` else; `detail.BusinessFault.{code, message}`. */
export function toSoapFault(error: unknown): { Fault: Record<string, unknown> } {
  const refusal = asRefusal(error)
  return {
    Fault: {
      faultcode: refusal.status >= 500 ? 'soap:Server' : 'soap:Client',
      faultstring: refusal.message,
      ...(refusal.status >= 500 ? {} : { detail: { BusinessFault: { code: refusal.code, message: refusal.message } } }),
      statusCode: 500,
    },
  }
}

function found(transactions: Transaction[]): Record<string, unknown> {
  return transactions.length === 0 ? { found: false } : { found: true, transaction: transactions }
}

function recorded(store: Store, operation: string, book: () => Transaction): Record<string, unknown> {
  return store.transaction(() => {
    const transaction = book()
    countRepeatedReference(store, 'billing', transaction.reference)
    appendLedger(store, {
      system: 'billing',
      kind: 'effect',
      operation,
      business_key: transaction.orderNumber ?? transaction.customerId,
      reference: transaction.reference,
      customer_id: transaction.customerId,
      amount_cents: transaction.amountCents,
    })
    return { transaction }
  })
}

function text(args: SoapArguments, name: string): string {
  const value = Object.hasOwn(args, name) ? args[name] : undefined
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 500) return value.trim()
  if (typeof value === 'number') return String(value)
  throw new Refusal(422, 'invalid_request', `${name} must be a text of 1 to 500 characters`)
}
