// The first answer to each Idempotency-Key, kept as long as the database.
import { Router } from 'express'
import { countRepeatedKey } from '../ledger/ledger.ts'
import type { Store } from '../store/database.ts'
import { Refusal } from './refusal.ts'

/** What is kept under a key. */
export interface RememberedAnswer {
  system: string
  key: string
  operation: string
  digest: string
  status: number
  body: unknown
}

/** Keeps the first answer; call it inside the transaction of the effect. */
export function rememberAnswer(store: Store, answer: RememberedAnswer): void {
  store.run(
    'INSERT INTO idempotency (system, key, operation, digest, status, answer, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    answer.system,
    answer.key,
    answer.operation,
    answer.digest,
    answer.status,
    JSON.stringify(answer.body),
    new Date().toISOString(),
  )
}

/** The first answer to this key, counted as a repeat; undefined when the key is new; 422 when the request differs. */
export function recallAnswer(
  store: Store,
  system: string,
  key: string,
  digest: string,
): { status: number; body: unknown } | undefined {
  const row = store.get('SELECT * FROM idempotency WHERE system = ? AND key = ?', system, key)
  if (!row) return undefined
  if (row['digest'] !== digest) {
    throw new Refusal(422, 'idempotency_conflict', 'this Idempotency-Key was used for another request')
  }
  countRepeatedKey(store, key, String(row['operation']))
  return { status: Number(row['status']), body: JSON.parse(String(row['answer'])) as unknown }
}

/** `GET /effects/{key}` -> `{idempotency_key, operation, status, answer, at}`, the first answer; 404 when no such write settled. */
export function effectLookup(store: Store, system: string): Router {
  const router = Router()
  router.get('/effects/:key', (request, response) => {
    const row = store.get('SELECT * FROM idempotency WHERE system = ? AND key = ?', system, request.params.key)
    if (!row) throw new Refusal(404, 'not_found', 'no write with this key has taken effect')
    response.json({
      idempotency_key: row['key'],
      operation: row['operation'],
      status: row['status'],
      answer: JSON.parse(String(row['answer'])) as unknown,
      at: row['at'],
    })
  })
  return router
}
