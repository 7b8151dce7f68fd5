// A conversation as the API shows it (contract.md). Times are ISO in UTC.
import type { ControlledBy, ConversationStatus } from '../domain/conversation.ts'
import { type NextDeadline, nextDeadline, type PeopleDeadlines } from './next-deadline.ts'
import type { ConversationRow } from './tables.ts'

export type ConversationView = {
  id: string
  customer_id: string
  /** Of somebody without an account. */
  guest?: true
  channel: string
  desk: string
  status: ConversationStatus
  controlled_by: ControlledBy
  intent: string | null
  specialist: string | null
  ticket_id?: string
  /** US dollars, a decimal with six places; a string, because a JSON number cannot keep the zeros. */
  cost_usd: string
  /** A close was asked for and waits for the turn to end. */
  closing?: true
  /** The next deadline a person would want to see. */
  next: NextDeadline | null
  created_at: string
  updated_at: string
}

/** Inside the transaction that changes it `updated_at` is its `now`. */
export function conversationView(
  row: ConversationRow,
  people: PeopleDeadlines,
  updatedAt: Date = row.updated_at,
): ConversationView {
  return {
    id: row.id,
    customer_id: row.customer_id,
    ...(row.guest ? { guest: true } : {}),
    channel: row.channel,
    desk: row.desk,
    status: row.status,
    controlled_by: row.controlled_by,
    intent: row.intent,
    specialist: row.specialist,
    ...(row.ticket_id === null ? {} : { ticket_id: row.ticket_id }),
    cost_usd: sixPlaces(row.cost_usd),
    ...(row.close_requested_by === null ? {} : { closing: true }),
    next: nextDeadline(row, people),
    created_at: row.created_at.toISOString(),
    updated_at: updatedAt.toISOString(),
  }
}

/** numeric(20, 9) as text, cut to six places without passing through a float. */
export function sixPlaces(numeric: string): string {
  const [whole = '0', fraction = ''] = numeric.split('.')
  return `${whole}.${fraction.slice(0, 6).padEnd(6, '0')}`
}
