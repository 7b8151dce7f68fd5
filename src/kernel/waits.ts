// What a conversation waits for, read in one look under its lock: for wake_at, for takeNext and for closing alike.
import { sql } from 'kysely'
import { nextWake } from '../domain/wake.ts'
import type { Scope } from './conversation-row.ts'

export type Waits = {
  /** A message that no turn has claimed. */
  accepted: boolean
  /** Earliest expiry of a pending approval. */
  expiry: Date | null
  /** When a decided approval whose outcome was not told yet is to be taken up. */
  decided: Date | null
  /** When a write that nobody works on any more is to be looked at again. */
  retry: Date | null
  /** When something is to be done about the handoff, whatever its state. */
  handoff: Date | null
  /** A write without an end, or a decided approval that was not told yet: both keep a conversation from closing (rule 7). */
  unfinished: boolean
}

export async function readWaits({ row, trx }: Scope): Promise<Waits> {
  const { rows } = await sql<Waits>`select
    exists (select 1 from messages where conversation_id = ${row.id} and status = 'accepted') as accepted,
    (select min(expires_at) from approvals where conversation_id = ${row.id} and state = 'pending') as expiry,
    (select min(coalesce(a.next_try_at, a.decided_at)) from approvals a where a.conversation_id = ${row.id}
      and a.told_at is null and a.state in ('approved', 'refused', 'expired', 'executed', 'failed') and not exists (
        select 1 from effects e where e.approval_id = a.id and e.state in ('intended', 'sent', 'unknown'))) as decided,
    (select min(next_try_at) from effects where conversation_id = ${row.id}
      and (state = 'sent' or (state = 'intended' and authority <> 'turn'))) as retry,
    (select min(deadline_at) from handoffs where conversation_id = ${row.id} 
      and state in ('offered', 'seen', 'claimed', 'answered')) as handoff,
    exists (select 1 from effects where conversation_id = ${row.id} and state in ('intended', 'sent', 'unknown'))
      or exists (select 1 from approvals where conversation_id = ${row.id}
        and (state = 'approved' or (told_at is null and state in ('refused', 'expired', 'executed', 'failed')))) as unfinished`.execute(
    trx,
  )
  return rows[0] ?? NOTHING
}
const NOTHING: Waits = { accepted: false, expiry: null, decided: null, retry: null, handoff: null, unfinished: false }

/** The row's new wake_at. While a turn is open only its deadline counts, so nothing else is looked at then. */
export async function wakeTime(scope: Scope): Promise<Date | null> {
  const { row, now } = scope
  const openTurnDeadline = await deadlineOfOpenTurn(scope)
  const waits = openTurnDeadline === null ? (scope.waits ?? (await readWaits(scope))) : NOTHING
  const wake = nextWake(
    {
      openTurnDeadline,
      acceptedUnderAi: waits.accepted && row.controlled_by === 'ai',
      approvalExpiry: earliest(waits.expiry, waits.decided),
      effectRetry: waits.retry?.getTime() ?? null,
      handoffDeadline: waits.handoff?.getTime() ?? null,
      quiet: row.controlled_by === 'ai' ? (row.quiet_at?.getTime() ?? null) : null,
      closeCanHappen: row.close_requested_by !== null && !waits.accepted && !waits.unfinished,
    },
    now.getTime(),
  )
  return wake === null ? null : new Date(wake)
}

const earliest = (...times: (Date | null)[]): number | null => {
  const known = times.flatMap((time) => (time === null ? [] : [time.getTime()]))
  return known.length > 0 ? Math.min(...known) : null
}

async function deadlineOfOpenTurn({ row, trx, turn }: Scope): Promise<number | null> {
  if (row.open_turn === null) return null
  if (turn && turn.number === row.open_turn) return turn.state === 'open' ? turn.deadline_at.getTime() : null
  const found = await trx
    .selectFrom('turns')
    .select('deadline_at')
    .where('conversation_id', '=', row.id)
    .where('number', '=', row.open_turn)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return found?.deadline_at.getTime() ?? null
}

export async function canClose(scope: Scope): Promise<boolean> {
  if (scope.row.open_turn !== null) return false
  const { accepted, unfinished } = scope.waits ?? (await readWaits(scope))
  return !accepted && !unfinished
}
