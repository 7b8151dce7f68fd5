// The books of the legacy billing system. It books whatever it is told to book: the same reference twice is two transactions.
import type { Row, Store } from '../store/database.ts'
import { Refusal } from '../http/refusal.ts'

/** An invoice as the WSDL names it. */
export interface Invoice {
  invoiceNumber: string
  customerId: string
  orderNumber?: string
  description: string
  amountCents: number
  currency: string
  issuedOn: string
  dueOn: string
  status: string
}

/** A booked refund or credit as the WSDL names it. */
export interface Transaction {
  transactionId: string
  reference: string
  kind: 'refund' | 'credit'
  customerId: string
  orderNumber?: string
  amountCents: number
  currency: string
  reason: string
  bookedAt: string
}

/** Balance (open + overdue - credits), payment method, and the 20 newest invoices with every unpaid one among them; 404 for a stranger. */
export function billingInfo(store: Store, customerId: string): Record<string, unknown> {
  const customer = customerRow(store, customerId)
  const invoices = store
    .all(
      `SELECT * FROM invoices WHERE customer_id = ? ORDER BY (status = 'paid'), issued_on DESC, number DESC LIMIT 20`,
      customerId,
    )
    .map(toInvoice)
  const unpaid = (status: string): number =>
    Number(
      store.get(
        'SELECT coalesce(sum(amount_cents), 0) AS sum FROM invoices WHERE customer_id = ? AND status = ?',
        customerId,
        status,
      )?.['sum'],
    )
  const creditCents = booked(store, 'credit', 'customer_id', customerId)
  return {
    customerId,
    balanceCents: unpaid('open') + unpaid('overdue') - creditCents,
    overdueCents: unpaid('overdue'),
    creditCents,
    currency: 'USD',
    ...(customer['card_brand']
      ? { paymentMethodBrand: customer['card_brand'], paymentMethodLast4: customer['card_last4'] }
      : {}),
    invoice: invoices,
  }
}

/** The invoice of this number, or 404. */
export function getInvoice(store: Store, number: string): Invoice {
  const row = store.get('SELECT * FROM invoices WHERE number = ?', number)
  if (!row) throw new Refusal(404, 'invoice_not_found', `there is no invoice ${number}`)
  return toInvoice(row)
}

/** Books a refund; refused when the order is not the customer's, not paid in this currency, or would be refunded beyond its price. */
export function bookRefund(
  store: Store,
  order: { number: string; customerId: string; amountCents: number; currency: string },
  booking: { reference: string; reason: string },
): Transaction {
  const row = store.get('SELECT * FROM orders WHERE number = ?', order.number)
  if (!row || row['customer_id'] !== order.customerId) {
    throw new Refusal(404, 'order_not_found', `customer ${order.customerId} has no order ${order.number}`)
  }
  mustBePositive(order.amountCents)
  mustBeDollars(order.currency)
  const price = Number(
    store.get(
      'SELECT coalesce(sum(quantity * unit_cents), 0) AS sum FROM order_items WHERE order_number = ?',
      order.number,
    )?.['sum'],
  )
  const refunded = booked(store, 'refund', 'order_number', order.number)
  if (refunded + order.amountCents > price) {
    throw new Refusal(
      409,
      'exceeds_order_price',
      `order ${order.number} cost ${price} cents, ${refunded} are refunded already`,
    )
  }
  return book(store, {
    ...booking,
    kind: 'refund',
    customerId: order.customerId,
    orderNumber: order.number,
    amountCents: order.amountCents,
    currency: order.currency,
  })
}

/** Books a credit on the customer's account. */
export function bookCredit(
  store: Store,
  credit: Omit<Transaction, 'transactionId' | 'bookedAt' | 'kind' | 'orderNumber'>,
): Transaction {
  customerRow(store, credit.customerId)
  mustBePositive(credit.amountCents)
  mustBeDollars(credit.currency)
  return book(store, { ...credit, kind: 'credit' })
}

/** Every transaction booked under this reference, oldest first. */
export function findTransactions(store: Store, reference: string): Transaction[] {
  return store.all('SELECT * FROM transactions WHERE reference = ? ORDER BY id', reference).map(toTransaction)
}

function book(store: Store, entry: Omit<Transaction, 'transactionId' | 'bookedAt'>): Transaction {
  const bookedAt = new Date().toISOString()
  const id = store.run(
    `INSERT INTO transactions (reference, kind, customer_id, order_number, amount_cents, currency, reason, booked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.reference,
    entry.kind,
    entry.customerId,
    entry.orderNumber ?? null,
    entry.amountCents,
    entry.currency,
    entry.reason,
    bookedAt,
  )
  return { transactionId: `TX-${id}`, ...entry, bookedAt }
}

function booked(store: Store, kind: string, column: 'customer_id' | 'order_number', value: string): number {
  return Number(
    store.get(
      `SELECT coalesce(sum(amount_cents), 0) AS sum FROM transactions WHERE kind = ? AND ${column} = ?`,
      kind,
      value,
    )?.['sum'],
  )
}

function customerRow(store: Store, id: string): Row {
  const row = store.get('SELECT * FROM customers WHERE id = ?', id)
  if (!row) throw new Refusal(404, 'customer_not_found', `there is no customer ${id}`)
  return row
}

function mustBePositive(amountCents: number): void {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) {
    throw new Refusal(409, 'invalid_amount', 'the amount must be a whole number of cents above 0')
  }
}

function mustBeDollars(currency: string): void {
  if (currency !== 'USD') throw new Refusal(409, 'wrong_currency', 'the books are in USD')
}

function toInvoice(row: Row): Invoice {
  return {
    invoiceNumber: String(row['number']),
    customerId: String(row['customer_id']),
    ...(row['order_number'] === null ? {} : { orderNumber: String(row['order_number']) }),
    description: String(row['description']),
    amountCents: Number(row['amount_cents']),
    currency: String(row['currency']),
    issuedOn: String(row['issued_on']),
    dueOn: String(row['due_on']),
    status: String(row['status']),
  }
}

function toTransaction(row: Row): Transaction {
  return {
    transactionId: `TX-${Number(row['id'])}`,
    reference: String(row['reference']),
    kind: row['kind'] === 'refund' ? 'refund' : 'credit',
    customerId: String(row['customer_id']),
    ...(row['order_number'] === null ? {} : { orderNumber: String(row['order_number']) }),
    amountCents: Number(row['amount_cents']),
    currency: String(row['currency']),
    reason: String(row['reason']),
    bookedAt: String(row['booked_at']),
  }
}
