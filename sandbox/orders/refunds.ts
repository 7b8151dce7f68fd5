// Refunds as the order system sees them: opened under a key before billing pays, withdrawn when billing does not. The sum of
// what is open never passes what the order cost.
import { integerField, objectBody, optionalText, textField } from '../http/fields.ts'
import { Refusal } from '../http/refusal.ts'
import type { Store } from '../store/database.ts'
import { getOrder } from './orders.ts'
import type { Order } from './orders.ts'

/** Opens a refund `{amount_cents, reason?}` under this key; 409 `not_refundable`, `exceeds_order_price`. */
export function openRefund(
  store: Store,
  number: string,
  key: string | undefined,
  value: unknown,
): { order: Order; amountCents: number } {
  const body = objectBody(value)
  const amount = integerField(body, 'amount_cents', 1, 100_000_000)
  const reason = optionalText(body, 'reason', 500) ?? 'customer request'
  if (key === undefined) throw new Refusal(422, 'invalid_request', 'a refund needs an Idempotency-Key')
  const order = getOrder(store, number)
  if (order.status !== 'shipped' && order.status !== 'delivered') {
    throw new Refusal(
      409,
      'not_refundable',
      `Order ${number} is ${order.status}: cancel it, which pays everything back.`,
    )
  }
  const left = order.total_cents - order.refunded_cents
  if (amount > left) {
    throw new Refusal(409, 'exceeds_order_price', `Of order ${number} at most ${left} cents can still be refunded.`)
  }
  store.run(
    "INSERT INTO order_refunds (key, order_number, amount_cents, reason, state, at) VALUES (?, ?, ?, ?, 'opened', ?)",
    key,
    number,
    amount,
    reason,
    new Date().toISOString(),
  )
  return { order: getOrder(store, number), amountCents: amount }
}

/** Withdraws `{refund: <its key>}`, which billing did not pay; 404 when there is none. */
export function withdrawRefund(store: Store, number: string, value: unknown): Order {
  const key = textField(objectBody(value), 'refund', 255)
  const found = store.get('SELECT key FROM order_refunds WHERE key = ? AND order_number = ?', key, number)
  if (!found) throw new Refusal(404, 'refund_not_found', `order ${number} has no such refund`)
  store.run("UPDATE order_refunds SET state = 'withdrawn' WHERE key = ?", key)
  return getOrder(store, number)
}
