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
  /** Of each kind: those that would begin a turn, and all others. */
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
}

const FIRST_PAUSE = 2000
const LONGEST_PAUSE = 60_000

export async function leaseOverdue(kernel: Kernel, request: LeaseRequest): Promise<Overdue[]> {
  return kernel.db.transaction().execute(async (trx) => {
    const now = kernel.now()
    const late = new Date(now.getTime() - request.grace)
    const silent = new Date(now.getTime() - request.silence)
    const due = sql`c.tenant_id = ${kernel.tenant} and c.ring_after <= ${now} and (
        (c.wake_at < ${late} and c.open_turn is null)
        or c.id in (
          select t.conversation_id from conversations o join turns t on t.conversation_id = o.id and t.number = o.open_turn
          where o.open_turn is not null and t.state = 'open' and (t.alive_at < ${silent} or t.deadline_at < ${late})))`
    const beginsTurn = sql`(c.open_turn is null and c.controlled_by = 'ai'
        and exists (select 1 from messages m where m.conversation_id = c.id and m.status = 'accepted'))`
    const oldest = async (which: RawBuilder<unknown>, most: number) => {
      const { rows } = await sql<Overdue & { ring_attempts: number }>`
        select c.id, c.channel, c.desk, c.customer_id, c.policy_version, c.ring_attempts
        from conversations c where ${due} and ${which}
        order by c.wake_at limit ${most} for update of c skip locked`.execute(trx)
      return rows
    }
    // Two looks: a long queue that waits for a slot must not hide timers, writes and silent turns behind it.
    const waiting = await oldest(beginsTurn, Math.min(request.slots, request.most))
    const others = await oldest(sql`not ${beginsTurn}`, request.most)
    const leased = [...waiting, ...others]
    for (const row of leased) {
      const pause = retryDelay(row.ring_attempts, FIRST_PAUSE, LONGEST_PAUSE)
      await trx
        .updateTable('conversations')
        .set({ ring_attempts: row.ring_attempts + 1, ring_after: new Date(now.getTime() + pause) })
        .where('id', '=', row.id)
        .execute()
    }
    return leased
  })
}

/** Turns that are being answered now, over all processes. */
export async function turnsInFlight(kernel: Kernel): Promise<number> {
  const found = await kernel.db
    .selectFrom('conversations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('open_turn', 'is not', null)
    .where('tenant_id', '=', kernel.tenant)
    .executeTakeFirst()
  return found?.count ?? 0
}
