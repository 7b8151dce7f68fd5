// What may be changed in an order, and when: only before it ships, or with a colleague's consent.
import { integerField, objectBody, optionalText, textField } from '../http/fields.ts'
import type { JsonObject } from '../http/fields.ts'
import { Refusal } from '../http/refusal.ts'
import type { Store } from '../store/database.ts'
import { getOrder } from './orders.ts'
import type { Order } from './orders.ts'

/** Cancels an order that has not shipped, with a colleague's `consent` also one on its way; 409 `already_shipped`, `already_delivered`, `already_cancelled`. */
export function cancelOrder(
  store: Store,
  number: string,
  { reason, consent }: { reason?: string | undefined; consent?: string | undefined },
): Order {
  mustBeOpen(getOrder(store, number), 'cancelled', consent)
  store.run(
    "UPDATE orders SET status = 'cancelled', cancel_reason = ?, eta = NULL WHERE number = ?",
    reason ?? 'customer request',
    number,
  )
  return getOrder(store, number)
}

/** Changes the address and/or item quantities (`items: [{sku, quantity}]`, quantity 0 removes); 409 as for cancelling, `unknown_item`, `last_item`. */
export function modifyOrder(store: Store, number: string, value: unknown): Order {
  const body = objectBody(value)
  const unknown = Object.keys(body).find((name) => !['address', 'items', 'consent'].includes(name))
  if (unknown !== undefined) throw new Refusal(422, 'invalid_request', `unknown field \`${unknown}\``)
  const address = body['address'] === undefined ? undefined : readAddress(body['address'])
  const items = body['items'] === undefined ? [] : readItems(body['items'])
  if (!address && items.length === 0) throw new Refusal(422, 'invalid_request', 'give `address`, `items` or both')
  const order = getOrder(store, number)
  // A parcel on its way can still be led elsewhere; what is in it is packed.
  mustBeOpen(order, 'changed', items.length === 0 ? optionalText(body, 'consent', 100) : undefined)
  if (address) {
    const merged = { ...objectBody(order.address), ...address }
    store.run('UPDATE orders SET address = ? WHERE number = ?', JSON.stringify(merged), number)
  }
  for (const item of items) setQuantity(store, order, item.sku, item.quantity)
  const changed = getOrder(store, number)
  if (changed.items.length === 0)
    throw new Refusal(409, 'last_item', 'the last item cannot be removed: cancel the order instead')
  return changed
}

function mustBeOpen(order: Order, verb: string, consent: string | undefined): void {
  if (order.status === 'processing' || (order.status === 'shipped' && consent !== undefined)) return
  const states: Record<string, string> = {
    shipped: 'has already shipped',
    delivered: 'was already delivered',
    cancelled: 'was already cancelled',
  }
  throw new Refusal(
    409,
    `already_${order.status}`,
    `Order ${order.number} ${states[order.status]}, so it cannot be ${verb}.`,
  )
}

function readAddress(value: unknown): JsonObject {
  const body = objectBody(value)
  const address: JsonObject = { street: textField(body, 'street', 200) }
  for (const name of ['city', 'postal_code', 'country']) {
    const text = optionalText(body, name, 100)
    if (text !== undefined) address[name] = text
  }
  return address
}

function readItems(value: unknown): { sku: string; quantity: number }[] {
  if (!Array.isArray(value) || value.length > 50) throw new Refusal(422, 'invalid_request', '`items` must be a list')
  return value.map((entry: unknown) => {
    const item = objectBody(entry)
    return { sku: textField(item, 'sku', 100), quantity: integerField(item, 'quantity', 0, 20) }
  })
}

function setQuantity(store: Store, order: Order, sku: string, quantity: number): void {
  if (!order.items.some((item) => item.sku === sku)) {
    throw new Refusal(409, 'unknown_item', `Order ${order.number} has no item ${sku}.`)
  }
  if (quantity === 0) store.run('DELETE FROM order_items WHERE order_number = ? AND sku = ?', order.number, sku)
  else store.run('UPDATE order_items SET quantity = ? WHERE order_number = ? AND sku = ?', quantity, order.number, sku)
}
