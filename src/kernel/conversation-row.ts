// The conversation row is the one lock (rule 3). Every change of a conversation happens inside inConversation(): lock the row,
// work, then write events in seq order, the row's changes and the recomputed wake_at, and commit. The hint goes out afterwards.
import type { Transaction } from 'kysely'
import { type EventData, type EventType, isStep, showsMessage } from '../domain/events.ts'
import { deskRules, type DeskRules, type Kernel } from './kernel.ts'
import { QUEUE } from './queue-hint.ts'
import { bookResolution } from './resolution.ts'
import type { ConversationPatch, ConversationRow, Tables, TurnRow } from './tables.ts'
import { type Waits, wakeTime } from './waits.ts'

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
  /** The turn that this transaction has begun or read: its deadline need not be asked for again. */
  turn: TurnRow | null
  /** Set by whoever has read them and changed nothing of them since. */
  waits: Waits | null
  /** Turns that this transaction ends, for the metrics. */
  ended: EndedTurn[]
  /** The model that this transaction pays for. */
  paidModel: string | null
  /** Approvals that this transaction asks for or decides, for the metrics. */
  decided: DecidedApproval[]
}

/** What a transaction did, told once it is committed. */
export type Committed = {
  conversationId: string
  seq: number
  floor: number
  events: { type: EventType; data: EventData[EventType] }[]
  ended: EndedTurn[]
  paidModel: string | null
  decided: DecidedApproval[]
}
export type DecidedApproval = { tool: string; decision: 'requested' | 'approve' | 'edit' | 'refuse' | 'expire' }
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
    turn: null,
    waits: null,
    ended: [],
    paidModel: null,
    decided: [],
  }
  const finish = async (): Promise<Committed> => {
    await bookResolution(scope, before.status)
    if (before.status !== row.status || before.controlled_by !== row.controlled_by) {
      scope.emit('status-changed', String(row.last_seq + 1), { status: row.status, controlled_by: row.controlled_by })
    }
    if (events.length > 0) {
      const common = { tenant_id: kernel.tenant, conversation_id: row.id, at: scope.now }
      await trx
        .insertInto('events')
        .values(events.map((event) => ({ ...common, ...event, data: storedData(event) })))
        .execute()
    }
    const wakeAt = await wakeTime(scope)
    const changed = events.length > 0 || Object.keys(patch).length > 0
    if (changed || wakeAt?.getTime() !== before.wake_at?.getTime()) {
      await trx
        .updateTable('conversations')
        .set({ ...patch, last_seq: row.last_seq, wake_at: wakeAt, updated_at: scope.now })
        .where('id', '=', row.id)
        .execute()
      row.wake_at = wakeAt
      row.updated_at = scope.now
    }
    const { ended, paidModel, decided } = scope
    return { conversationId: row.id, seq: row.last_seq, floor: row.floor, events, ended, paidModel, decided }
  }
  return { scope, finish }
}

/** A message is stored once, as its own row. */
const storedData = ({ type, data }: Committed['events'][number]): string =>
  showsMessage(type) ? '{}' : JSON.stringify(data)

/** Tells readers that rows are there, and the metrics what happened: after the commit, and never more than a hint. */
export function announce(kernel: Kernel, committed: Committed | null): void {
  if (!committed) return
  const { conversationId, seq, floor, events } = committed
  if (events.length > 0) {
    const progress = events.every(({ type }) => isStep(type))
    kernel.bus.publish(conversationId, { kind: 'events', seq, floor, ...(progress ? { progress } : {}) })
    if (!progress) kernel.bus.publish(QUEUE, { kind: 'events', seq: 0, floor: 0 })
  }
  kernel.observe(committed)
}
