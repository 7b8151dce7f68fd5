import type { Row, Store } from '../store/database.ts'
import { Refusal } from '../http/refusal.ts'

/** A customer as the CRM answers it. */
export interface Customer {
  id: string
  name: string
  email: string
  phone: string
  tier: string
  language: string
  locked: boolean
  locked_reason: string | null
  member_since: string
  address: unknown
}

/** The customer of this id, or 404. */
export function getCustomer(store: Store, id: string): Customer {
  const row = store.get('SELECT * FROM customers WHERE id = ?', id)
  if (!row) throw new Refusal(404, 'not_found', `there is no customer ${id}`)
  return toCustomer(row)
}

function toCustomer(row: Row): Customer {
  return {
    id: String(row['id']),
    name: String(row['name']),
    email: String(row['email']),
    phone: String(row['phone']),
    tier: String(row['tier']),
    language: String(row['language']),
    locked: row['locked'] === 1,
    locked_reason: row['locked_reason'] === null ? null : String(row['locked_reason']),
    member_since: String(row['member_since']),
    address: JSON.parse(String(row['address'])) as unknown,
  }
}

/** `ada.park@example.com` as `a***@example.com`, so that an answer does not repeat a full address. */
export function maskEmail(email: string): string {
  const at = email.indexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}
