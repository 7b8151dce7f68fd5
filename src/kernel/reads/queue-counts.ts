// How much waits in each view of the queue, for everybody at once: one look serves every console of a process.
import { sql } from 'kysely'
import type { Kernel } from '../kernel.ts'
import { alertRows } from './alerts.ts'
import { LIVE, ownerOf } from './queue-views.ts'

export type QueueCounts = { waiting: number; mine: number; all: number; approvals: number; stuck: number }

export type QueueSnapshot = Omit<QueueCounts, 'mine'> & {
  /** Conversations by whose they are: who claimed them, or to whom alone they were offered. */
  owned: Record<string, number>
  /** The latest change of a conversation that is not closed. */
  changed: string | null
}

export async function queueSnapshot(kernel: Kernel): Promise<QueueSnapshot> {
  const { tenant } = kernel
  const { rows } = await sql<Omit<QueueSnapshot, 'changed'> & { changed: Date | null }>`select
    (select count(*)::int from handoffs where tenant_id = ${tenant} and state in ('offered', 'seen')) as waiting,
    (select count(*)::int from approvals where tenant_id = ${tenant} and state = 'pending') as approvals,
    (select count(*)::int from (${alertRows(kernel)}) as alerts) as stuck,
    coalesce((select jsonb_object_agg(person, count) from (
      select ${ownerOf} as person, count(*)::int as count from handoffs h
      where tenant_id = ${tenant} and state in ${LIVE} and ${ownerOf} is not null group by 1
    ) as mine), '{}') as owned,
    open.count as all, open.changed
    from (select count(*)::int as count, max(updated_at) as changed from conversations
      where tenant_id = ${tenant} and status <> 'closed') as open`.execute(kernel.db)
  const [row] = rows
  if (!row) throw new Error('The queue could not be counted.')
  return { ...row, changed: row.changed?.toISOString() ?? null }
}

/** `mine` is what this person has claimed, or was given. */
export const countsFor = (snapshot: QueueSnapshot, personId: string): QueueCounts => ({
  waiting: snapshot.waiting,
  mine: Object.hasOwn(snapshot.owned, personId) ? (snapshot.owned[personId] ?? 0) : 0,
  all: snapshot.all,
  approvals: snapshot.approvals,
  stuck: snapshot.stuck,
})
