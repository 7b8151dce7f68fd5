// The proof of what the back ends really did: one row per effect and per model call, in the order they were applied.
import type { Row, Store } from '../store/database.ts'

/** What a system reports when it did something; keys are absent where the system has none. */
export interface LedgerEntry {
  system: 'crm' | 'orders' | 'billing' | 'ticketing' | 'mail' | 'model'
  kind: 'effect' | 'model_call'
  operation: string
  business_key: string
  idempotency_key?: string | undefined
  reference?: string | undefined
  customer_id?: string | undefined
  /** Money it moved. */
  amount_cents?: number | undefined
}

/** Filters of the list; `after` is a `seq`. */
export interface LedgerFilter {
  system?: string
  kind?: string
  customer_id?: string
  operation?: string
  after?: number
}

/** Appends one row; call it inside the transaction of the effect. */
export function appendLedger(store: Store, entry: LedgerEntry): number {
  return store.run(
    `INSERT INTO ledger (at, system, kind, operation, business_key, idempotency_key, reference, customer_id, amount_cents)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    new Date().toISOString(),
    entry.system,
    entry.kind,
    entry.operation,
    entry.business_key,
    entry.idempotency_key ?? null,
    entry.reference ?? null,
    entry.customer_id ?? null,
    entry.amount_cents ?? null,
  )
}

/** Counts a repeat of an idempotency key on every row it wrote (a mail sent along has the same key). */
export function countRepeatedKey(store: Store, key: string, operation: string): void {
  store.run('UPDATE ledger SET repeated = repeated + 1 WHERE idempotency_key = ? AND operation = ?', key, operation)
}

/** Counts a repeated model call on the first row of its key; every call has its own row. */
export function countRepeatedCall(store: Store, key: string): void {
  store.run(
    `UPDATE ledger SET repeated = repeated + 1
     WHERE seq = (SELECT min(seq) FROM ledger WHERE system = 'model' AND idempotency_key = ?)`,
    key,
  )
}

/** Counts a repeat of a reference on its first row; the repeat itself gets its own row, for it took effect again. */
export function countRepeatedReference(store: Store, system: string, reference: string): void {
  store.run(
    `UPDATE ledger SET repeated = repeated + 1
     WHERE seq = (SELECT min(seq) FROM ledger WHERE system = ? AND reference = ?)`,
    system,
    reference,
  )
}

/** Rows in order, `{seq, at, ...LedgerEntry, repeated: how often the same key came again}`; absent keys are left out. */
export function listLedger(store: Store, filter: LedgerFilter): Row[] {
  const rows = store.all(
    `SELECT * FROM ledger WHERE seq > ?1 AND (?2 IS NULL OR system = ?2) AND (?3 IS NULL OR kind = ?3)
     AND (?4 IS NULL OR customer_id = ?4) AND (?5 IS NULL OR operation = ?5) ORDER BY seq`,
    filter.after ?? 0,
    filter.system ?? null,
    filter.kind ?? null,
    filter.customer_id ?? null,
    filter.operation ?? null,
  )
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}
