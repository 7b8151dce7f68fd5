// What a transaction changed, row by row, as triggers saw it: invariants look at it once it is committed. The same triggers
// hold rule 3: a row of a conversation may be written only under its lock.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { StoreEvents } from './store.ts'

/** Columns whose old and new values invariants need, by table. `conversation` names the column that says whose row it is. */
const WATCHED: Record<string, { conversation: string; columns: string[] }> = {
  conversations: {
    conversation: 'id',
    columns: [
      'customer_id',
      'floor',
      'controlled_by',
      'status',
      'open_turn',
      'wake_at',
      'close_requested_by',
      'cost_usd',
    ],
  },
  messages: {
    conversation: 'conversation_id',
    columns: ['id', 'customer_id', 'role', 'status', 'turn', 'seq', 'in_reply_to', 'text'],
  },
  events: { conversation: 'conversation_id', columns: ['seq', 'type', 'key'] },
  turns: { conversation: 'conversation_id', columns: ['number', 'state', 'floor', 'deadline_at', 'cause'] },
  steps: { conversation: 'conversation_id', columns: ['turn', 'key', 'kind', 'outcome', 'tool'] },
  misroutes: { conversation: 'conversation_id', columns: [] },
  effects: {
    conversation: 'conversation_id',
    columns: [
      'id',
      'key',
      'customer_id',
      'authority',
      'turn',
      'call_id',
      'floor',
      'tool',
      'digest',
      'arguments',
      'state',
      'outcome',
      'next_try_at',
      'sent_at',
      'allowed_at',
      'approval_id',
    ],
  },
  approvals: {
    conversation: 'conversation_id',
    columns: [
      'id',
      'state',
      'digest',
      'arguments',
      'needed_people',
      'expires_at',
      'decided_at',
      'next_try_at',
      'told_at',
    ],
  },
  approval_decisions: { conversation: 'conversation_id', columns: ['approval_id', 'person_id', 'decision'] },
  handoffs: {
    conversation: 'conversation_id',
    columns: ['id', 'state', 'deadline_at', 'next_step', 'missed', 'offers', 'claimed_by'],
  },
  notices: { conversation: 'conversation_id', columns: ['id', 'type', 'subject'] },
  usage: { conversation: 'conversation_id', columns: [] },
  resolutions: { conversation: 'conversation_id', columns: ['number', 'resolved_by', 'revoked_at'] },
  commands: { conversation: 'conversation_id', columns: [] },
  audit_log: { conversation: 'conversation_id', columns: [] },
}
/** Written without the lock on purpose (src/kernel/turn-alive.ts). */
const FREE: Record<string, string> = { turns: 'alive_at' }

export type Row = Record<string, SQLOutputValue>
export type Change = { table: string; conversation: string; old: Row | null; row: Row }

export type Journal = {
  begin: () => void
  lock: (conversationId: string) => void
  take: () => Change[]
  clear: () => void
}

export function installJournal(database: DatabaseSync, events: StoreEvents): Journal {
  const held = new Set<string>()
  let changes: Change[] = []
  for (const [table, { conversation, columns }] of Object.entries(WATCHED)) {
    const note =
      (wasThere: boolean) =>
      (...values: SQLOutputValue[]) => {
        const id = String(values[0])
        // A conversation's own insert is its lock.
        if (table === 'conversations' && !wasThere) held.add(id)
        if (values[0] !== null && !held.has(id)) events.unlocked(table, id)
        const half = wasThere ? columns.length : 0
        const rowOf = (from: number): Row =>
          Object.fromEntries(columns.map((name, at) => [name, values[from + at] ?? null]))
        changes.push({ table, conversation: id, old: wasThere ? rowOf(1) : null, row: rowOf(1 + half) })
        return null
      }
    database.function(`inserted_${table}`, { varargs: true }, note(false))
    database.function(`updated_${table}`, { varargs: true }, note(true))
    const of = (prefix: string) => columns.map((name) => `, ${prefix}.${name}`).join('')
    database.exec(`create trigger inserted_${table} after insert on ${table} begin
      select inserted_${table}(new.${conversation}${of('new')}); end`)
    const free = FREE[table]
    const all = database
      .prepare(`pragma table_info("${table}")`)
      .all()
      .map(({ name }) => String(name))
    const locked = all.filter((name) => name !== free).join(', ')
    database.exec(`create trigger updated_${table} after update of ${locked} on ${table} begin
      select updated_${table}(new.${conversation}${of('old')}${of('new')}); end`)
  }
  const clear = () => {
    held.clear()
    changes = []
  }
  return {
    begin: clear,
    lock: (id) => void held.add(id),
    take() {
      const taken = changes
      clear()
      return taken
    },
    clear,
  }
}
