// A handoff as the API shows it (contract.md). Times are ISO in UTC.
import type { Person, Priority } from '../domain/conversation.ts'
import type { HandoffBrief, HandoffReason } from '../domain/escalation.ts'
import { isLive } from '../domain/handoff.ts'
import type { HandoffRow } from './tables.ts'

export type HandoffView = {
  id: string
  conversation_id: string
  state: HandoffRow['state']
  reason: HandoffReason
  priority: Priority
  ticket_id?: string
  claimed_by?: Person
  team?: string
  /** Given to this colleague: until the deadline nobody else may claim it, but a supervisor. */
  assigned_to?: Person
  brief: HandoffBrief
  offered_at: string
  deadline_at: string
  /** What happens at the deadline, a code; empty once the handoff is over. */
  next_step: string
  /** Times it was offered. */
  offers: number
}

export function handoffView(row: HandoffRow): HandoffView {
  return {
    id: row.id,
    conversation_id: row.conversation_id,
    state: row.state,
    reason: row.reason,
    priority: row.priority,
    ...(row.ticket_id === null ? {} : { ticket_id: row.ticket_id }),
    ...(row.claimed_by === null ? {} : { claimed_by: row.claimed_by }),
    ...(row.team === null ? {} : { team: row.team }),
    ...(row.assigned_to === null ? {} : { assigned_to: row.assigned_to }),
    brief: row.brief,
    offered_at: row.offered_at.toISOString(),
    deadline_at: row.deadline_at.toISOString(),
    next_step: isLive(row.state) ? (row.next_step ?? '') : '',
    offers: row.offers,
  }
}
