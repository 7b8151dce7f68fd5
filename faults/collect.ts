// What the store holds at the end, and whether it has come to rest.
import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenDatabase } from '../src/adapters/postgres.ts'
import type { Tables } from '../src/kernel/tables.ts'
import type { StoreRows } from './history.ts'

type Db = OpenDatabase<Tables>['db']

/** Everything that still waits to happen by itself: messages, turns and writes under way, decisions to be carried out and told. Follow-ups of days do not count. */
export async function unsettled(
  db: Db,
): Promise<{ messages: number; turns: number; effects: number; approvals: number }> {
  const [messages, turns, effects, approvals] = await Promise.all([
    db.selectFrom('messages').select('id').where('status', 'in', ['accepted', 'processing']).execute(),
    db.selectFrom('conversations').select('id').where('open_turn', 'is not', null).execute(),
    db.selectFrom('effects').select('id').where('state', 'in', ['intended', 'sent']).execute(),
    decidedAndUntold(db),
  ])
  return { messages: messages.length, turns: turns.length, effects: effects.length, approvals: approvals.length }
}

/** What has an unknown outcome waits for a person, and nothing happens by itself. */
const decidedAndUntold = (db: Db) =>
  db
    .selectFrom('approvals')
    .select('approvals.id')
    .leftJoin('effects', 'effects.approval_id', 'approvals.id')
    .where('approvals.state', 'in', ['approved', 'refused', 'expired', 'executed', 'failed'])
    .where('told_at', 'is', null)
    .where((where) => where.or([where('effects.state', 'is', null), where('effects.state', '!=', 'unknown')]))
    .execute()

/** All rows that the checker reads. `stuck`: conversations that an operator is shown as stuck. */
export async function collectRows(db: Db, stuck: string[]): Promise<StoreRows> {
  const [conversations, messages, events, turns, steps, effects, handoffs, approvals] = await oneMoment(db, (trx) =>
    Promise.all([
      trx.selectFrom('conversations').selectAll().execute(),
      trx.selectFrom('messages').selectAll().orderBy('conversation_id').orderBy('seq').execute(),
      trx.selectFrom('events').selectAll().orderBy('conversation_id').orderBy('seq').execute(),
      trx.selectFrom('turns').selectAll().orderBy('conversation_id').orderBy('number').execute(),
      trx.selectFrom('steps').selectAll().orderBy('conversation_id').orderBy('turn').orderBy('ordinal').execute(),
      trx.selectFrom('effects').selectAll().execute(),
      trx.selectFrom('handoffs').selectAll().execute(),
      trx.selectFrom('approvals').selectAll().execute(),
    ]),
  )
  return {
    conversations: conversations.map((row) => ({
      id: row.id,
      customer_id: row.customer_id,
      status: row.status,
      controlled_by: row.controlled_by,
      floor: row.floor,
      open_turn: row.open_turn,
      last_seq: row.last_seq,
      cost_usd: Number(row.cost_usd),
      wake_at: time(row.wake_at),
    })),
    messages: messages.map(
      ({ conversation_id, id, customer_id, seq, role, text, status, turn, in_reply_to, created_at }) => ({
        conversation_id,
        id,
        customer_id,
        seq,
        role,
        text,
        status,
        turn,
        in_reply_to,
        created_at: created_at.getTime(),
      }),
    ),
    events: events.map(({ conversation_id, seq, type, key, at, data, audience }) => ({
      conversation_id,
      seq,
      type,
      key,
      at: at.getTime(),
      data,
      audience,
    })),
    turns: turns.map((row) => ({
      conversation_id: row.conversation_id,
      number: row.number,
      state: row.state,
      floor: row.floor,
      approval_id: row.approval_id,
      outcome: row.outcome,
      reply_message_id: row.reply_message_id,
      started_at: row.started_at.getTime(),
      deadline_at: row.deadline_at.getTime(),
      ended_at: time(row.ended_at),
    })),
    steps: steps.map(({ conversation_id, turn, key, kind, tool, outcome }) => ({
      conversation_id,
      turn,
      key,
      kind,
      tool,
      outcome,
    })),
    effects: effects.map((row) => ({
      id: row.id,
      key: row.key,
      conversation_id: row.conversation_id,
      customer_id: row.customer_id,
      authority: row.authority,
      approval_id: row.approval_id,
      turn: row.turn,
      tool: row.tool,
      arguments: row.arguments,
      business_key: row.business_key,
      state: row.state,
      floor: row.floor,
      created_at: row.created_at.getTime(),
      sent_at: time(row.sent_at),
      ended_at: time(row.ended_at),
      outcome: row.outcome,
    })),
    handoffs: handoffs.map((row) => ({
      id: row.id,
      conversation_id: row.conversation_id,
      state: row.state,
      reason: row.reason,
      offered_at: row.offered_at.getTime(),
      claimed_at: time(row.claimed_at),
      ended_at: time(row.ended_at),
    })),
    approvals: approvals.map((row) => ({
      id: row.id,
      conversation_id: row.conversation_id,
      customer_id: row.customer_id,
      tool: row.tool,
      arguments: row.arguments,
      digest: row.digest,
      state: row.state,
      needed_role: row.needed_role,
      needed_people: row.needed_people,
      what: row.what,
      created_at: row.created_at.getTime(),
      decided_at: time(row.decided_at),
      told_at: time(row.told_at),
    })),
    stuck,
  }
}

const TRIES = 5

/**
 * All reads see the store as it was at one moment: what happens meanwhile, such as a follow-up that is due, tears nothing apart.
 * On a starved machine a connection is given up as one without an answer; the record of a whole run is worth another look.
 */
async function oneMoment<T>(db: Db, read: (trx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().setIsolationLevel('repeatable read').execute(read)
    } catch (error) {
      if (attempt === TRIES) throw error
      await sleep(1000 * attempt)
    }
  }
}

function time(date: Date | null): number | null {
  return date === null ? null : date.getTime()
}
