// Conversations nobody picked up: asked for something and not asked back, or with a turn nobody gives signs of life for.
// Leased with SKIP LOCKED so that any number of relays share the work; committed before anybody rings.
import { type RawBuilder, sql } from 'kysely'
import type { Kernel } from './kernel.ts'
import { retryDelay } from '../domain/effects.ts'

export type LeaseRequest = {
  /** Milliseconds a due conversation may wait for its own bell or timer before the relay rings. */
  grace: number
  /** Milliseconds without a sign of life after which an open turn counts as abandoned by its run. */
  silence: number
  /** Rows in all. */
  most: number
  /** Turns that may begin now; rows that would begin one stay unrung beyond it, oldest first. */
  slots: number
}
export type Overdue = {
  id: string
  channel: string
  desk: string
  customer_id: string
  policy_version: string
  /** Rings before this one that nobody heard. */
  ring_attempts: number
}

const FIRST_PAUSE = 2000
const LONGEST_PAUSE = 60_000

export async function leaseOverdue(kernel: Kernel, request: LeaseRequest): Promise<Overdue[]> {
  return kernel.db.transaction().execute(async (trx) => {
    const now = kernel.now()
    const due = new Date(now.getTime() - request.grace)
    const silent = new Date(now.getTime() - request.silence)
    // Would begin a turn when rung: only as many as there are slots, whoever waits longest first.
    const beginsTurn = sql<boolean>`c.controlled_by = 'ai'
      and exists (select 1 from messages m where m.conversation_id = c.id and m.status = 'accepted')`
    const lease = async (condition: RawBuilder<boolean>, most: number): Promise<Overdue[]> => {
      if (most <= 0) return []
      const { rows } = await sql<Overdue>`
        select c.id, c.channel, c.desk, c.customer_id, c.policy_version, c.ring_attempts
        from conversations c
        where c.tenant_id = ${kernel.tenant} and c.ring_after <= ${now} and ${condition}
        order by c.wake_at limit ${most} for update of c skip locked`.execute(trx)
      for (const row of rows) {
        const pause = retryDelay(row.ring_attempts, FIRST_PAUSE, LONGEST_PAUSE)
        await trx
          .updateTable('conversations')
          .set({ ring_attempts: row.ring_attempts + 1, ring_after: new Date(now.getTime() + pause) })
          .where('id', '=', row.id)
          .execute()
      }
      return rows
    }
    const forgotten = sql<boolean>`c.open_turn is not null and exists (
      select 1 from turns t where t.conversation_id = c.id and t.number = c.open_turn
        and (t.alive_at < ${silent} or t.deadline_at < ${due}))`
    const overdue = sql<boolean>`c.open_turn is null and c.wake_at < ${due}`
    // Customers who wait come first; a timer that is late is Temporal's too.
    const silentTurns = await lease(forgotten, request.most)
    const left = request.most - silentTurns.length
    const beginning = await lease(sql`${overdue} and ${beginsTurn}`, Math.min(request.slots, left))
    const others = await lease(sql`${overdue} and not (${beginsTurn})`, left - beginning.length)
    return [...silentTurns, ...beginning, ...others]
  })
}

/** Of these conversations, how many were rung and nobody has asked the store for them since. */
export async function unheard(kernel: Kernel, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const row = await kernel.db
    .selectFrom('conversations')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', kernel.tenant)
    .where('id', 'in', [...ids])
    .where('ring_attempts', '>', 0)
    .executeTakeFirstOrThrow()
  return row.count
}
