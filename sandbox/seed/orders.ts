import { dayAfter, instantAfter } from './days.ts'
import type { Address } from './people.ts'
import { productNamed, products } from './products.ts'
import type { Product } from './products.ts'
import type { Random } from './random.ts'

/** An order as seeded; dates are `YYYY-MM-DD`. */
export interface SeedOrder {
  number: string
  customer_id: string
  status: 'processing' | 'shipped' | 'delivered' | 'cancelled'
  placed_at: string
  carrier?: string
  tracking?: string
  eta?: string
  delivered_on?: string
  late: boolean
  address: Address
  items: { product: Product; quantity: number }[]
}

const carriers = ['Parcelway', 'Swift Post', 'BlueFreight']

/** Ada's and Ben's orders, exactly as the contract tells them. */
export function namedOrders(today: Date, addressOf: (id: string) => Address): SeedOrder[] {
  return [
    {
      number: '12345',
      customer_id: 'cust_1001',
      status: 'shipped',
      placed_at: instantAfter(today, -4, 615),
      carrier: 'Parcelway',
      tracking: 'ZX81-5512-9034',
      eta: dayAfter(today, 2),
      late: false,
      address: addressOf('cust_1001'),
      items: [{ product: productNamed('Nimbus Wireless Headphones'), quantity: 1 }],
    },
    {
      number: '12346',
      customer_id: 'cust_1001',
      status: 'processing',
      placed_at: instantAfter(today, -1, 900),
      eta: dayAfter(today, 5),
      late: false,
      address: addressOf('cust_1001'),
      items: [
        { product: productNamed('Lumen Desk Lamp'), quantity: 1 },
        { product: productNamed('Lumen USB-C Cable'), quantity: 2 },
      ],
    },
    {
      number: '22345',
      customer_id: 'cust_1002',
      status: 'delivered',
      placed_at: instantAfter(today, -8, 700),
      carrier: 'BlueFreight',
      tracking: 'BF20-7781-4410',
      eta: dayAfter(today, -3),
      delivered_on: dayAfter(today, -3),
      late: false,
      address: addressOf('cust_1002'),
      items: [{ product: productNamed('Aurora 15 Laptop'), quantity: 1 }],
    },
  ]
}

/** An order nobody named: its age decides its state, unless its fate is given; late ones are shipped and past their day. */
export function anyOrder(
  number: string,
  customer_id: string,
  address: Address,
  today: Date,
  random: Random,
  fate: 'late' | 'processing' | 'any',
): SeedOrder {
  const late = fate === 'late'
  const age = late ? random.between(9, 14) : fate === 'processing' ? 0 : random.between(0, 400)
  const placed_at = instantAfter(today, -age, random.between(420, 1320))
  const shipping = late ? 5 : random.between(3, 7)
  const items = pickItems(random)
  const tracking = `ZX${random.between(10, 99)}-${random.between(1000, 9999)}-${random.between(1000, 9999)}`
  const carrier = random.pick(carriers)
  const eta = dayAfter(today, shipping - age)
  const order = { number, customer_id, placed_at, address, items, late }
  if (random.fraction() < 0.04 && fate === 'any') return { ...order, status: 'cancelled' }
  if (age <= 1) return { ...order, status: 'processing', eta }
  if (late || age < shipping) return { ...order, status: 'shipped', carrier, tracking, eta }
  return { ...order, status: 'delivered', carrier, tracking, eta, delivered_on: eta }
}

function pickItems(random: Random): SeedOrder['items'] {
  const chosen = new Map<string, { product: Product; quantity: number }>()
  for (let count = random.pick([1, 1, 1, 2, 2, 3]); count > 0; count -= 1) {
    const product = random.pick(products)
    chosen.set(product.sku, { product, quantity: random.pick([1, 1, 1, 1, 2, 3]) })
  }
  return [...chosen.values()]
}

/** What the order costs, in cents. */
export function orderTotal(order: SeedOrder): number {
  return order.items.reduce((sum, item) => sum + item.product.price_cents * item.quantity, 0)
}
