import type { Person, Priority } from '../../shared/desk-types.ts'
import type { View } from '../router.ts'

/** One who waits, as `GET /v1/queue` sends it. */
export type QueueRow = {
  key: string
  conversation_id: string
  customer: { id: string; name: string | null; tier: string | null }
  subject: string | null
  channel: string
  intent: string | null
  status: string
  controlled_by: 'ai' | 'human'
  floor_owner: Person | null
  /** To whom it was given and who has not claimed it yet. */
  assigned_to: Person | null
  team: string | null
  reason: string | null
  priority: Priority | null
  state: string | null
  handoff_id: string | null
  approval_id: string | null
  alert_kind: string | null
  approval_text: string | null
  offered_at: string | null
  deadline_at: string | null
}

export type Counts = Record<View, number>
/** Empty texts filter nothing. */
export type Filters = { q: string; reason: string; priority: string; channel: string; intent: string }

export const NO_FILTERS: Filters = { q: '', reason: '', priority: '', channel: '', intent: '' }
export const isFiltered = (filters: Filters): boolean => Object.values(filters).some((value) => value !== '')
