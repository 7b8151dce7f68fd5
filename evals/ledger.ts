// The sandbox's ledger: what the company's systems really did, whatever everdesk believes.
import { setTimeout as sleep } from 'node:timers/promises'
import type { LedgerEntry } from '../sandbox/ledger/ledger.ts'
import type { Write } from './row-result.ts'

/** One row of `GET /_ledger`; `repeated` counts how often the same key came again. */
export interface LedgerRow extends LedgerEntry {
  seq: number
  at: string
  repeated: number
}

/** All rows after a seq. Rejects when the sandbox does not answer. */
export async function readLedger(sandbox: string, after = 0): Promise<LedgerRow[]> {
  const response = await fetch(`${sandbox}/_ledger?after=${after}`, { signal: AbortSignal.timeout(30_000) })
  if (!response.ok) throw new Error(`the sandbox's ledger answers with status ${response.status}`)
  const { data } = (await response.json()) as { data: LedgerRow[] }
  return data
}

const CALM = 1_500
const PATIENCE = 20_000

/** Reads it when nothing new comes any more: the ticket of a handoff is written after the customer was told. */
export async function readCalmLedger(sandbox: string, after: number): Promise<LedgerRow[]> {
  const deadline = Date.now() + PATIENCE
  let rows = await readLedger(sandbox, after)
  for (;;) {
    await sleep(CALM)
    const again = await readLedger(sandbox, after)
    if (again.length === rows.length || Date.now() > deadline) return again
    rows = again
  }
}

/** What a conversation has in the ledger. */
export interface LedgerOfConversation {
  writes: Write[]
  /** In words: a write that the systems made more than once. */
  doubled: string[]
}

/** The effects of one conversation; a key of everdesk starts with the conversation's id, or the handoff's for its ticket. */
export function effectsOf(
  rows: LedgerRow[],
  owner: { conversation: string; handoffs: string[] },
): LedgerOfConversation {
  const times = new Map<string, number>()
  const writes: Write[] = []
  for (const row of rows) {
    const key = row.idempotency_key ?? row.reference
    if (row.kind !== 'effect' || key === undefined) continue
    const ofTool = key.startsWith(owner.conversation)
    if (!ofTool && !owner.handoffs.some((handoff) => key.startsWith(handoff))) continue
    writes.push({ system: row.system, operation: row.operation, of: ofTool ? 'tool' : 'handoff' })
    const effect = `${row.system} ${row.operation} ${key}`
    times.set(effect, (times.get(effect) ?? 0) + 1)
  }
  const doubled = [...times].flatMap(([effect, count]) =>
    count > 1 ? [`effect applied ${count} times: ${effect}`] : [],
  )
  return { writes, doubled }
}
