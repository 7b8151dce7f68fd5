// Where the rows of each of the queue's views come from. All have one shape: what waits, in which conversation, and since when.
// Until when is the live handoff's own, or the approval's.
import { type RawBuilder, sql } from 'kysely'
import type { Kernel } from '../kernel.ts'
import { alertRows } from './alerts.ts'

export const QUEUE_VIEWS = ['waiting', 'mine', 'all', 'approvals', 'stuck'] as const
export type QueueView = (typeof QUEUE_VIEWS)[number]

export type QueueSource = {
  key: string
  conversation_id: string
  approval_id: string | null
  alert_kind: string | null
  /** Of an approval. */
  expires_at: Date | null
  since: Date
}

/** States of a handoff that is not over; written out, so that the partial index on them is used. */
export const LIVE = sql`('offered', 'seen', 'claimed', 'answered')`

/**
 * Until when somebody should act on the handoff `h` of the conversation `c`. A claimed one keeps its clock until the person's
 * first word, and has one again while the customer waits for another.
 */
export const handoffClock = sql<Date | null>`case when h.state <> 'answered' or c.status = 'open' then h.deadline_at end`

/** The rows of a view; `personId` is whose `mine` is. */
export function queueSource(kernel: Kernel, view: QueueView, personId: string): RawBuilder<QueueSource> {
  switch (view) {
    case 'waiting':
      return handoffs(kernel, sql`h.state in ('offered', 'seen')`)
    case 'mine':
      return handoffs(kernel, sql`h.state in ${LIVE} and ${ownerOf} = ${personId}`)
    case 'approvals':
      return sql`select a.id as key, a.conversation_id, a.id as approval_id, null::text as alert_kind,
          a.expires_at, a.created_at as since
        from approvals a where a.tenant_id = ${kernel.tenant} and a.state = 'pending'`
    case 'stuck':
      return sql`select alert.kind || ':' || alert.conversation_id || ':' || alert.subject as key, alert.conversation_id,
          null::text as approval_id, alert.kind as alert_kind, null::timestamptz as expires_at, alert.since
        from (${alertRows(kernel)}) alert`
    case 'all':
      return sql`select c.id as key, c.id as conversation_id, null::text as approval_id, null::text as alert_kind,
          null::timestamptz as expires_at, c.created_at as since
        from conversations c where c.tenant_id = ${kernel.tenant} and c.status <> 'closed'`
  }
}

/** Whose a live handoff `h` is: who claimed it, or to whom alone it was offered. */
export const ownerOf = sql`coalesce(h.claimed_by ->> 'id', h.assigned_to ->> 'id')`

const handoffs = ({ tenant }: Kernel, which: RawBuilder<unknown>): RawBuilder<QueueSource> =>
  sql`select h.id as key, h.conversation_id, null::text as approval_id, null::text as alert_kind,
      null::timestamptz as expires_at, h.offered_at as since
    from handoffs h where h.tenant_id = ${tenant} and ${which}`
