// The conversation row is the one lock (rule 3). Every change of a conversation happens inside inConversation(): lock the row,
// work, then write events in seq order, the row's changes and the recomputed wake_at, and commit. The hint goes out afterwards.
import { sql, type Transaction } from 'kysely'
import type { EventData, EventType } from '../domain/events.ts'
import { nextWake } from '../domain/wake.ts'
import { deskRules, type DeskRules, type Kernel } from './kernel.ts'
import type { ConversationPatch, ConversationRow, Tables } from './tables.ts'

export type Scope = {
  trx: Transaction<Tables>
  kernel: Kernel
  desk: DeskRules
  /** Read after the lock was taken, so it never runs backwards within a conversation. */
  now: Date
  /** The row as it is with the changes of this transaction. Change it through `change`. */
  row: ConversationRow
  change: (patch: ConversationPatch) => void
  /** Allocates the next seq for an event; `key` is natural (turn, call, message or command id) and unique for its type. */
  emit: <T extends EventType>(type: T, key: string, data: EventData[T], audience?: 'all' | 'agents') => number
  /** Turns that this transaction ends, for the metrics. */
  ended: EndedTurn[]
  /** The model that this transaction pays for. */
  paidModel: string | null
}

/** What a transaction did, told once it is committed. */
export type Committed = {
  conversationId: string
  seq: number
  floor: number
  events: { type: EventType; data: EventData[EventType] }[]
  ended: EndedTurn[]
  paidModel: string | null
}
export type EndedTurn = { intent: string | null; state: string; outcome: string | null; startedAt: Date; endedAt: Date }

/** Columns a patch holds as JSON text, parsed back so that `row` stays what a select would return. */
const JSON_COLUMNS = new Set(['metadata', 'facts'])

/**
 * Runs `work` as one transaction under the row lock. Returns null when there is no such conversation.
 * Throws what `work` throws, after rolling back.
 */
export async function inConversation<T>(
  kernel: Kernel,
  conversationId: string,
  work: (scope: Scope) => Promise<T>,
): Promise<T | null> {
  let committed: Committed | null = null
  const result = await kernel.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', conversationId)
      .where('tenant_id', '=', kernel.tenant)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return null
    const { scope, finish } = openScope(kernel, trx, row)
    const value = await work(scope)
    committed = await finish()
    return { value }
  })
  announce(kernel, committed)
  return result === null ? null : result.value
}

/** A scope on a row this transaction has just inserted or locked itself; the caller ends it with `finish`. */
export function openScope(kernel: Kernel, trx: Transaction<Tables>, row: ConversationRow) {
  const before = { ...row }
  const patch: ConversationPatch = {}
  const events: {
    type: EventType
    key: string
    seq: number
    audience: 'all' | 'agents'
    data: EventData[EventType]
  }[] = []
  const scope: Scope = {
    trx,
    kernel,
    desk: deskRules(kernel, row.desk),
    now: kernel.now(),
    row,
    change(changes) {
      Object.assign(patch, changes)
      for (const [column, value] of Object.entries(changes)) {
        Object.assign(row, { [column]: JSON_COLUMNS.has(column) ? JSON.parse(String(value)) : value })
      }
    },
    emit(type, key, data, audience = 'all') {
      row.last_seq += 1
      events.push({ type, key, seq: row.last_seq, audience, data })
      return row.last_seq
    },
    ended: [],
    paidModel: null,
  }
  const finish = async (): Promise<Committed> => {
    if (before.status !== row.status || before.controlled_by !== row.controlled_by) {
      scope.emit('status-changed', String(row.last_seq + 1), { status: row.status, controlled_by: row.controlled_by })
    }
    if (events.length > 0) {
      const common = { tenant_id: kernel.tenant, conversation_id: row.id, at: scope.now }
      await trx
        .insertInto('events')
        .values(events.map((event) => ({ ...common, ...event, data: JSON.stringify(event.data) })))
        .execute()
    }
    const wakeAt = await wakeTime(scope)
    await trx
      .updateTable('conversations')
      .set({ ...patch, last_seq: row.last_seq, wake_at: wakeAt, updated_at: scope.now })
      .where('id', '=', row.id)
      .execute()
    row.wake_at = wakeAt
    row.updated_at = scope.now
    const { ended, paidModel } = scope
    return { conversationId: row.id, seq: row.last_seq, floor: row.floor, events, ended, paidModel }
  }
  return { scope, finish }
}

/** Tells readers that rows are there, and the metrics what happened: after the commit, and never more than a hint. */
export function announce(kernel: Kernel, committed: Committed | null): void {
  if (!committed) return
  const { conversationId, seq, floor } = committed
  if (committed.events.length > 0) kernel.bus.publish(conversationId, { kind: 'events', seq, floor })
  kernel.observe(committed)
}

/** What keeps a conversation from closing (rule 7), as one condition that wakeTime and takeNext share. */
async function openEnds(scope: Scope): Promise<{ accepted: boolean; approvals: boolean; effects: boolean }> {
  const { rows } = await sql<{ accepted: boolean; approvals: boolean; effects: boolean }>`select
    exists (select 1 from messages where conversation_id = ${scope.row.id} and status = 'accepted') as accepted,
    exists (select 1 from approvals where conversation_id = ${scope.row.id} and state = 'approved') as approvals,
    exists (select 1 from effects where conversation_id = ${scope.row.id} and state in ('intended', 'sent', 'unknown')) as effects`.execute(
    scope.trx,
  )
  return rows[0] ?? { accepted: false, approvals: false, effects: false }
}

export async function canClose(scope: Scope): Promise<boolean> {
  if (scope.row.open_turn !== null) return false
  const ends = await openEnds(scope)
  return !ends.accepted && !ends.approvals && !ends.effects
}

async function wakeTime(scope: Scope): Promise<Date | null> {
  const { row, trx, now } = scope
  const { rows } = await sql<{
    deadline: Date | null
    accepted: boolean
    expiry: Date | null
    retry: Date | null
    handoff: Date | null
    unfinished: boolean
  }>`select
    (select deadline_at from turns where conversation_id = ${row.id} and number = ${row.open_turn} and state = 'open') as deadline,
    exists (select 1 from messages where conversation_id = ${row.id} and status = 'accepted') as accepted,
    (select min(expires_at) from approvals where conversation_id = ${row.id} and state = 'pending') as expiry,
    (select min(next_try_at) from effects where conversation_id = ${row.id}
      and (state = 'sent' or (state = 'intended' and authority <> 'turn'))) as retry,
    (select min(deadline_at) from handoffs where conversation_id = ${row.id} and state = 'offered') as handoff,
    exists (select 1 from effects where conversation_id = ${row.id} and state in ('intended', 'sent', 'unknown'))
      or exists (select 1 from approvals where conversation_id = ${row.id} and state = 'approved') as unfinished`.execute(
    trx,
  )
  const found = rows[0]
  if (!found) return null
  const wake = nextWake(
    {
      openTurnDeadline: found.deadline?.getTime() ?? null,
      acceptedUnderAi: found.accepted && row.controlled_by === 'ai',
      approvalExpiry: found.expiry?.getTime() ?? null,
      effectRetry: found.retry?.getTime() ?? null,
      handoffDeadline: found.handoff?.getTime() ?? null,
      quiet: row.controlled_by === 'ai' ? (row.quiet_at?.getTime() ?? null) : null,
      closeCanHappen: row.close_requested_by !== null && !found.accepted && !found.unfinished,
    },
    now.getTime(),
  )
  return wake === null ? null : new Date(wake)
}
