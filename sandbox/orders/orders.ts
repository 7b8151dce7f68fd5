import type { Row, Store } from '../store/database.ts'
import { Refusal } from '../http/refusal.ts'

/** An order as the back end answers it; money in cents, dates `YYYY-MM-DD`; null where there is none yet. */
export interface Order {
  number: string
  customer_id: string
  status: string
  placed_at: string
  items: { sku: string; name: string; quantity: number; unit_cents: number }[]
  total_cents: number
  /** Refunds opened and not withdrawn. */
  refunded_cents: number
  currency: string
  carrier: string | null
  tracking: string | null
  eta: string | null
  delivered_on: string | null
  late: boolean
  address: unknown
  cancel_reason: string | null
}

/** The order of this number, or 404. */
export function getOrder(store: Store, number: string): Order {
  const row = store.get('SELECT * FROM orders WHERE number = ?', number)
  if (!row) throw new Refusal(404, 'order_not_found', `there is no order ${number}`)
  return toOrder(store, row)
}

/** The customer's orders, newest first. */
export function listOrders(store: Store, customerId: string, filter: { status?: string; limit: number }): Order[] {
  return store
    .all(
      'SELECT * FROM orders WHERE customer_id = ?1 AND (?2 IS NULL OR status = ?2) ORDER BY placed_at DESC, number DESC LIMIT ?3',
      customerId,
      filter.status ?? null,
      filter.limit,
    )
    .map((row) => toOrder(store, row))
}

/** What of an order was refunded, or is being refunded, in cents. */
export function refundedCents(store: Store, number: string): number {
  const opened = store.get(
    "SELECT coalesce(sum(amount_cents), 0) AS sum FROM order_refunds WHERE order_number = ? AND state = 'opened'",
    number,
  )
  return Number(opened?.['sum'])
}

function toOrder(store: Store, row: Row): Order {
  const items = store
    .all(
      'SELECT sku, name, quantity, unit_cents FROM order_items WHERE order_number = ? ORDER BY rowid',
      row['number'] ?? null,
    )
    .map((item) => ({
      sku: String(item['sku']),
      name: String(item['name']),
      quantity: Number(item['quantity']),
      unit_cents: Number(item['unit_cents']),
    }))
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]))
  return {
    number: String(row['number']),
    customer_id: String(row['customer_id']),
    status: String(row['status']),
    placed_at: String(row['placed_at']),
    items,
    total_cents: items.reduce((sum, item) => sum + item.unit_cents * item.quantity, 0),
    refunded_cents: refundedCents(store, String(row['number'])),
    currency: String(row['currency']),
    carrier: text('carrier'),
    tracking: text('tracking'),
    eta: text('eta'),
    delivered_on: text('delivered_on'),
    late: row['late'] === 1,
    address: JSON.parse(String(row['address'])) as unknown,
    cancel_reason: text('cancel_reason'),
  }
}
