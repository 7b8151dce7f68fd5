// Who can sign in: seeded customers, and staff whose role is told by the sub.
import type { Store } from '../store/database.ts'

/** Roles of the platform. */
export const roles = ['customer', 'agent', 'supervisor', 'admin'] as const

/** A role of the platform. */
export type Role = (typeof roles)[number]

/** The claims of a token about its person; `tier` only for customers. */
export interface PersonClaims {
  sub: string
  role: Role
  name: string
  tier?: string
}

/** People offered on the sign-in page, besides the customers of the contract. */
export const staff: readonly PersonClaims[] = [
  { sub: 'agent_mia', role: 'agent', name: 'Mia' },
  { sub: 'agent_noah', role: 'agent', name: 'Noah' },
  { sub: 'supervisor_sara', role: 'supervisor', name: 'Sara' },
  { sub: 'admin_alex', role: 'admin', name: 'Alex' },
]

/** The claims of this person; undefined when a customer is not a seeded one or the sub has a bad form. */
export function personClaims(store: Store, role: Role, sub: string): PersonClaims | undefined {
  if (!/^[A-Za-z0-9_.@-]{1,100}$/.test(sub)) return undefined
  if (role !== 'customer') return { sub, role, name: staffName(sub) }
  const row = store.get('SELECT name, tier FROM customers WHERE id = ?', sub)
  return row ? { sub, role, name: String(row['name']), tier: String(row['tier']) } : undefined
}

/** The account id inside the issuer, which carries the role: `agent:agent_mia`. */
export function accountId(person: { role: Role; sub: string }): string {
  return `${person.role}:${person.sub}`
}

/** The claims of an account id. */
export function claimsOfAccount(store: Store, account: string): PersonClaims | undefined {
  const colon = account.indexOf(':')
  const role = roles.find((known) => known === account.slice(0, colon))
  return role ? personClaims(store, role, account.slice(colon + 1)) : undefined
}

/** `agent_mia` -> `Mia`, `jo.smith` -> `Jo Smith`. */
function staffName(sub: string): string {
  const words = sub
    .replace(/^(agent|supervisor|admin)[_.-]/, '')
    .split(/[_.@-]+/)
    .filter(Boolean)
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ') || sub
}
