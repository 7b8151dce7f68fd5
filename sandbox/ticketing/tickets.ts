import type { Row, Store } from '../store/database.ts'
import { objectBody, optionalText, textField } from '../http/fields.ts'
import { Refusal } from '../http/refusal.ts'

/** Priorities, from the least urgent. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const

/** A ticket; ids look like `T-4471`. */
export interface Ticket {
  id: string
  customer_id: string | null
  subject: string
  description: string
  priority: string
  status: string
  metadata: unknown
  comments: { author: string; text: string; created_at: string }[]
  created_at: string
}

/** Opens a ticket from `{subject, description, customer_id?, priority?, metadata?}`. */
export function createTicket(store: Store, value: unknown): Ticket {
  const body = objectBody(value)
  const priority = optionalText(body, 'priority', 20) ?? 'normal'
  if (!priorities.some((known) => known === priority)) {
    throw new Refusal(422, 'invalid_request', `\`priority\` must be one of ${priorities.join(', ')}`)
  }
  const sequence = store.run(
    `INSERT INTO tickets (customer_id, subject, description, priority, status, metadata, created_at)
     VALUES (?, ?, ?, ?, 'open', ?, ?)`,
    optionalText(body, 'customer_id', 100) ?? null,
    textField(body, 'subject', 300),
    textField(body, 'description', 50_000),
    priority,
    JSON.stringify(body['metadata'] === undefined ? {} : objectBody(body['metadata'])),
    new Date().toISOString(),
  )
  return getTicket(store, `T-${sequence}`)
}

/** The ticket of this id, or 404. */
export function getTicket(store: Store, id: string): Ticket {
  const sequence = /^T-(\d{1,12})$/.exec(id)?.[1]
  const row =
    sequence === undefined ? undefined : store.get('SELECT * FROM tickets WHERE sequence = ?', Number(sequence))
  if (!row) throw new Refusal(404, 'not_found', `there is no ticket ${id}`)
  return toTicket(store, row)
}

/** Tickets, newest first, at most 100. */
export function listTickets(store: Store, customerId: string | undefined): Ticket[] {
  return store
    .all(
      'SELECT * FROM tickets WHERE (?1 IS NULL OR customer_id = ?1) ORDER BY sequence DESC LIMIT 100',
      customerId ?? null,
    )
    .map((row) => toTicket(store, row))
}

/** Adds `{text, author?}` and returns the ticket. */
export function addComment(store: Store, id: string, value: unknown): Ticket {
  const ticket = getTicket(store, id)
  const body = objectBody(value)
  store.run(
    'INSERT INTO ticket_comments (ticket, author, text, created_at) VALUES (?, ?, ?, ?)',
    Number(ticket.id.slice(2)),
    optionalText(body, 'author', 200) ?? 'everdesk',
    textField(body, 'text', 50_000),
    new Date().toISOString(),
  )
  return getTicket(store, id)
}

function toTicket(store: Store, row: Row): Ticket {
  const sequence = Number(row['sequence'])
  return {
    id: `T-${sequence}`,
    customer_id: row['customer_id'] === null ? null : String(row['customer_id']),
    subject: String(row['subject']),
    description: String(row['description']),
    priority: String(row['priority']),
    status: String(row['status']),
    metadata: JSON.parse(String(row['metadata'])) as unknown,
    comments: store
      .all('SELECT author, text, created_at FROM ticket_comments WHERE ticket = ? ORDER BY id', sequence)
      .map((comment) => ({
        author: String(comment['author']),
        text: String(comment['text']),
        created_at: String(comment['created_at']),
      })),
    created_at: String(row['created_at']),
  }
}
