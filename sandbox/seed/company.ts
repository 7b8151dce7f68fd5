// The whole demo company as plain data, from one fixed seed; only the dates depend on the day it is made.
import { dayAfter } from './days.ts'
import { anyOrder, namedOrders, orderTotal } from './orders.ts'
import type { SeedOrder } from './orders.ts'
import { anyCustomer, namedPeople, phoneOf } from './people.ts'
import type { Address, SeedCustomer } from './people.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'

/** An invoice as seeded; money in cents of USD, dates `YYYY-MM-DD`. */
export interface SeedInvoice {
  number: string
  customer_id: string
  order_number?: string
  description: string
  amount_cents: number
  issued_on: string
  due_on: string
  status: 'paid' | 'open' | 'overdue'
}

/** Everything the demo company starts with. */
export interface Company {
  customers: SeedCustomer[]
  orders: SeedOrder[]
  invoices: SeedInvoice[]
}

const orderCount = 5_000

/** 1,000 customers, 5,000 orders and their invoices, relative to `today`. */
export function makeCompany(today: Date): Company {
  const random = seededRandom(20_261_101)
  const customers: SeedCustomer[] = namedPeople.map((person) => ({ ...person, phone: phoneOf(person.id) }))
  for (let id = 1005; id <= 2000; id += 1) customers.push(anyCustomer(`cust_${id}`, random))
  const addresses = new Map(customers.map((customer) => [customer.id, customer.address]))
  const addressOf = (id: string): Address => {
    const address = addresses.get(id)
    if (!address) throw new Error(`no customer ${id}`)
    return address
  }
  const orders = namedOrders(today, addressOf)
  for (let index = 0; orders.length < orderCount; index += 1) {
    // 30,000 and up in steps of 1 to 37: five and six digits, clear of the named ones.
    const number = String(30_000 + index * 37 + random.between(0, 36))
    const owner = index < 40 ? 'cust_1004' : `cust_${1005 + random.between(0, 995)}`
    orders.push(anyOrder(number, owner, addressOf(owner), today, random, fateOf(index)))
  }
  return { customers, orders, invoices: makeInvoices(orders, today, random) }
}

/** Of Dev's 40 orders three are late and two can still be changed. */
function fateOf(index: number): 'late' | 'processing' | 'any' {
  return index < 3 ? 'late' : index < 5 ? 'processing' : 'any'
}

function makeInvoices(orders: SeedOrder[], today: Date, random: Random): SeedInvoice[] {
  const invoices = orders
    .filter((order) => order.status !== 'cancelled')
    .map((order, index) => orderInvoice(order, index, today, random))
  invoices.push({
    number: 'INV-900001',
    customer_id: 'cust_1002',
    description: 'Extended warranty plan',
    amount_cents: 8_900,
    issued_on: dayAfter(today, -44),
    due_on: dayAfter(today, -14),
    status: 'overdue',
  })
  return invoices
}

function orderInvoice(order: SeedOrder, index: number, today: Date, random: Random): SeedInvoice {
  const issued_on = order.placed_at.slice(0, 10)
  const due_on = dayAfter(new Date(`${issued_on}T00:00:00Z`), 30)
  const named = order.customer_id <= 'cust_1002'
  const unpaid = random.fraction() < 0.03 && !named
  return {
    number: `INV-${100_001 + index}`,
    customer_id: order.customer_id,
    order_number: order.number,
    description: `Order ${order.number}`,
    amount_cents: orderTotal(order),
    issued_on,
    due_on,
    status: !unpaid ? 'paid' : due_on < dayAfter(today, 0) ? 'overdue' : 'open',
  }
}
