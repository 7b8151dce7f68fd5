// Customers with enough orders for a bench: the demo company's own have five each, and a cache keeps those for five minutes.
import { openStore } from '../sandbox/store/database.ts'

/** A customer who asks; each pair of orders is handed out once. */
export type Shopper = { customer: string; nextPair: () => [string, string] }

const FIRST_CUSTOMER = 1005
const FIRST_ORDER = 5_000_000

/** Gives customers of the sandbox (by the folder of its state) more orders, and returns them as shoppers. */
export function openShop(home: string, { customers, pairs }: { customers: number; pairs: number }): Shopper[] {
  const store = openStore(home)
  try {
    store.transaction(() => {
      for (let number = 0; number < customers * pairs * 2; number++) {
        const customer = customerOf(Math.floor(number / (pairs * 2)))
        store.run(INSERT_ORDER, String(FIRST_ORDER + number), customer)
        store.run(INSERT_ITEM, String(FIRST_ORDER + number))
      }
    })
  } finally {
    store.close()
  }
  return Array.from({ length: customers }, (_, index) => shopper(index, pairs))
}

// A copy of Ada's parcel under way: what the model is shown has the size of a usual order.
const INSERT_ORDER = `INSERT OR IGNORE INTO orders
  SELECT ?1, ?2, status, placed_at, currency, carrier, tracking, eta, delivered_on, late, address, cancel_reason
  FROM orders WHERE number = '12345'`
const INSERT_ITEM = `INSERT OR IGNORE INTO order_items
  SELECT ?1, sku, name, quantity, unit_cents FROM order_items WHERE order_number = '12345'`

const customerOf = (index: number): string => `cust_${FIRST_CUSTOMER + index}`

function shopper(index: number, pairs: number): Shopper {
  let next = 0
  return {
    customer: customerOf(index),
    nextPair: () => {
      // Round again after all pairs: more turns than the shop was opened for, minutes later.
      const order = FIRST_ORDER + index * pairs * 2 + (next++ % pairs) * 2
      return [String(order), String(order + 1)]
    },
  }
}
