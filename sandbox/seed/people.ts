import type { Random } from './random.ts'

/** Customer tiers, from the smallest. */
export const tiers = ['free', 'basic', 'premium', 'enterprise'] as const

/** A postal address. */
export interface Address {
  street: string
  city: string
  postal_code: string
  country: string
}

/** A customer as seeded. */
export interface SeedCustomer {
  id: string
  name: string
  email: string
  phone: string
  tier: (typeof tiers)[number]
  language: string
  locked: boolean
  locked_reason?: string
  address: Address
  card?: { brand: string; last4: string }
}

const firstNames =
  'Alma Bruno Carla Diego Elif Farid Greta Hana Ivan Jana Kofi Lena Marco Nadia Omar Petra Quinn Rosa Samir Tara Umar Vera Wanda Xavi Yara Zoltan Aisha Bela Chen Doris'.split(
    ' ',
  )
const lastNames =
  'Abbott Baker Costa Duarte Eriksen Fischer Grant Haddad Ito Jensen Kovac Lopez Meyer Novak Okafor Patel Quist Rossi Santos Tanaka Ueda Varga Weber Xu Young Zeman'.split(
    ' ',
  )
const streets = 'Maple Avenue,Oak Street,Harbor Road,Mill Lane,Station Street,Garden Way,Hill Road,Lake Drive'.split(
  ',',
)
const cities: [city: string, postal: string, country: string][] = [
  ['Portland', '97205', 'US'],
  ['Austin', '78701', 'US'],
  ['Denver', '80202', 'US'],
  ['Boston', '02110', 'US'],
  ['Chicago', '60601', 'US'],
  ['Toronto', 'M5V 2T6', 'CA'],
]
const languages = ['en', 'en', 'en', 'en', 'es', 'de', 'fr', 'pt']

/** A plausible address. */
function anyAddress(random: Random): Address {
  const [city, postal_code, country] = random.pick(cities)
  return { street: `${random.between(1, 240)} ${random.pick(streets)}`, city, postal_code, country }
}

const ada: Address = { street: '12 Maple Avenue', city: 'Portland', postal_code: '97205', country: 'US' }

/** The four people of the contract, to try things with. */
export const namedPeople: readonly Omit<SeedCustomer, 'phone'>[] = [
  {
    id: 'cust_1001',
    name: 'Ada Park',
    email: 'ada.park@example.com',
    tier: 'premium',
    language: 'en',
    locked: false,
    address: ada,
    card: { brand: 'Visa', last4: '4242' },
  },
  {
    id: 'cust_1002',
    name: 'Ben Ortiz',
    email: 'ben.ortiz@example.com',
    tier: 'basic',
    language: 'en',
    locked: false,
    address: { street: '88 Harbor Road', city: 'Boston', postal_code: '02110', country: 'US' },
    card: { brand: 'Mastercard', last4: '5100' },
  },
  {
    id: 'cust_1003',
    name: 'Chloe Diaz',
    email: 'chloe.diaz@example.com',
    tier: 'free',
    language: 'en',
    locked: true,
    locked_reason: 'too many failed sign-ins',
    address: { street: '5 Lake Drive', city: 'Austin', postal_code: '78701', country: 'US' },
  },
  {
    id: 'cust_1004',
    name: 'Dev Rao',
    email: 'dev.rao@example.com',
    tier: 'enterprise',
    language: 'en',
    locked: false,
    address: { street: '200 Station Street', city: 'Chicago', postal_code: '60601', country: 'US' },
    card: { brand: 'Visa', last4: '8810' },
  },
]

/** A customer nobody named. */
export function anyCustomer(id: string, random: Random): SeedCustomer {
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`
  const chance = random.fraction()
  const locked = random.fraction() < 0.02
  return {
    id,
    name,
    email: `${name.toLowerCase().replace(' ', '.')}.${id.slice(5)}@example.com`,
    phone: phoneOf(id),
    tier: chance < 0.4 ? 'free' : chance < 0.75 ? 'basic' : chance < 0.95 ? 'premium' : 'enterprise',
    language: random.pick(languages),
    locked,
    ...(locked ? { locked_reason: 'too many failed sign-ins' } : {}),
    address: anyAddress(random),
    card: { brand: random.pick(['Visa', 'Mastercard', 'Amex']), last4: String(random.between(1000, 9999)) },
  }
}

/** A number of the range kept for fiction. */
export function phoneOf(id: string): string {
  return `+1 503 555 ${id.slice(5)}`
}
