// Walks the audit log from its first row and says where it was tampered with [T8]. A change, a deletion or an insertion breaks the
// chain at that place. Rows cut off at the end are missed by comparing with the head; whoever rewrote the head as well is
// found out only by a head noted elsewhere (an anchor), such as the one in the worker's log.
import type { Kernel } from './kernel.ts'
import { BEFORE_THE_FIRST } from '../domain/audit-chain.ts'
import { chainHash, type Head } from './chain-audit.ts'
import type { AuditRow } from './tables.ts'

export type BrokenChain = {
  position: number
  /** Of the row there; null when it is missing. */
  id: number | null
  problem: 'missing' | 'changed' | 'out_of_chain' | 'end_missing' | 'head_changed' | 'anchor_differs'
}
export type AuditCheck = {
  /** Rows of the chain that were looked at. */
  rows: number
  /** The last of them. */
  head: Head
  /** Rows that have no place yet; while a worker runs they wait for a second or two. */
  unchained: number
  /** The first place where the chain does not hold. */
  broken: BrokenChain | null
}

const PAGE = 1000

export async function verifyAudit(kernel: Pick<Kernel, 'db' | 'tenant'>, anchor?: Head): Promise<AuditCheck> {
  const { db, tenant } = kernel
  let head: Head = { position: 0, hash: BEFORE_THE_FIRST }
  let broken: BrokenChain | null = null
  const expected = await db
    .selectFrom('audit_head')
    .select(['position', 'hash'])
    .where('tenant_id', '=', tenant)
    .executeTakeFirst()
  for (;;) {
    const rows = await db
      .selectFrom('audit_log')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('position', '>', head.position)
      .orderBy('position')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      broken ??= fault(row, head) ?? anchored(row, anchor)
      if (broken) break
      head = { position: head.position + 1, hash: row.hash ?? '' }
    }
    if (broken || rows.length < PAGE) break
  }
  broken ??= faultAtTheEnd(head, expected, anchor)
  const { unchained } = await db
    .selectFrom('audit_log')
    .select(({ fn }) => fn.countAll<number>().as('unchained'))
    .where('tenant_id', '=', tenant)
    .where('position', 'is', null)
    .executeTakeFirstOrThrow()
  return { rows: head.position, head, unchained, broken }
}

function fault(row: AuditRow, before: Head): BrokenChain | null {
  const position = before.position + 1
  if (row.position !== position) return { position, id: null, problem: 'missing' }
  if (row.previous_hash !== before.hash) return { position, id: row.id, problem: 'out_of_chain' }
  return chainHash(before.hash, position, row) === row.hash ? null : { position, id: row.id, problem: 'changed' }
}

const anchored = (row: AuditRow, anchor: Head | undefined): BrokenChain | null =>
  anchor && row.position === anchor.position && row.hash !== anchor.hash
    ? { position: anchor.position, id: row.id, problem: 'anchor_differs' }
    : null

/** `expected` was read before the rows, so the chain may have grown past it meanwhile. */
function faultAtTheEnd(head: Head, expected: Head | undefined, anchor: Head | undefined): BrokenChain | null {
  const next = head.position + 1
  if (head.position < (expected?.position ?? 0)) return { position: next, id: null, problem: 'end_missing' }
  if (head.position > 0 && !expected) return { position: head.position, id: null, problem: 'head_changed' }
  if (head.position === expected?.position && head.hash !== expected.hash)
    return { position: head.position, id: null, problem: 'head_changed' }
  return head.position < (anchor?.position ?? 0) ? { position: next, id: null, problem: 'end_missing' } : null
}
