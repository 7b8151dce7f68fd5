import type { Store } from '../store/database.ts'
import { makeCompany } from './company.ts'
import { dayAfter } from './days.ts'
import type { SeedCustomer } from './people.ts'
import type { SeedOrder } from './orders.ts'
import { products } from './products.ts'

/** Fills an empty store with the demo company, all or nothing; a store that was seeded before stays as it is. */
export function seedStore(store: Store, now: Date): void {
  if (store.get('SELECT at FROM seeded')) return
  store.transaction(() => {
    const company = makeCompany(now)
    for (const product of products) {
      store.run(
        'INSERT INTO products VALUES (?, ?, ?, ?)',
        product.sku,
        product.name,
        product.category,
        product.price_cents,
      )
    }
    for (const [index, customer] of company.customers.entries()) {
      insertCustomer(store, customer, dayAfter(now, -60 - ((index * 13) % 1_500)))
    }
    for (const order of company.orders) insertOrder(store, order)
    for (const invoice of company.invoices) {
      store.run(
        'INSERT INTO invoices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        invoice.number,
        invoice.customer_id,
        invoice.order_number ?? null,
        invoice.description,
        invoice.amount_cents,
        'USD',
        invoice.issued_on,
        invoice.due_on,
        invoice.status,
      )
    }
    // Ticket numbers look lived-in: the first new one is T-4471.
    store.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('tickets', 4470)")
    store.run('INSERT INTO seeded VALUES (?)', now.toISOString())
  })
}

function insertCustomer(store: Store, customer: SeedCustomer, memberSince: string): void {
  store.run(
    'INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    customer.id,
    customer.name,
    customer.email,
    customer.phone,
    customer.tier,
    customer.language,
    customer.locked ? 1 : 0,
    customer.locked_reason ?? null,
    memberSince,
    JSON.stringify(customer.address),
    customer.card?.brand ?? null,
    customer.card?.last4 ?? null,
  )
}

function insertOrder(store: Store, order: SeedOrder): void {
  store.run(
    'INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    order.number,
    order.customer_id,
    order.status,
    order.placed_at,
    'USD',
    order.carrier ?? null,
    order.tracking ?? null,
    order.eta ?? null,
    order.delivered_on ?? null,
    order.late ? 1 : 0,
    JSON.stringify(order.address),
    null,
  )
  for (const { product, quantity } of order.items) {
    store.run(
      'INSERT INTO order_items VALUES (?, ?, ?, ?, ?)',
      order.number,
      product.sku,
      product.name,
      quantity,
      product.price_cents,
    )
  }
}
