import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { appendLedger, listLedger } from '../../sandbox/ledger/ledger.ts'
import { openStore } from '../../sandbox/store/database.ts'

test('a file whose ledger knew no amounts keeps its rows and learns them', () => {
  const home = mkdtempSync(join(tmpdir(), 'everdesk-sandbox-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const old = new DatabaseSync(join(home, 'sandbox.sqlite'))
  old.exec(`CREATE TABLE ledger (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, system TEXT NOT NULL, kind TEXT NOT NULL,
    operation TEXT NOT NULL, business_key TEXT NOT NULL, idempotency_key TEXT, reference TEXT, customer_id TEXT,
    repeated INTEGER NOT NULL DEFAULT 0);
    INSERT INTO ledger (at, system, kind, operation, business_key) VALUES ('then', 'orders', 'effect', 'cancel_order', '1')`)
  old.close()
  for (const time of [1, 2]) {
    const store = openStore(home)
    appendLedger(store, {
      system: 'billing',
      kind: 'effect',
      operation: 'RefundPayment',
      business_key: String(time),
      amount_cents: 100 * time,
    })
    store.close()
  }
  const store = openStore(home)
  onTestFinished(() => store.close())
  expect(listLedger(store, {}).map((row) => [row['business_key'], row['amount_cents']])).toEqual([
    ['1', undefined],
    ['1', 100],
    ['2', 200],
  ])
})
