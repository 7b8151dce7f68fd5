// Gives audit rows their place in the chain [T8]. They are written unchained, in the transactions of what they tell of, so that
// no two conversations wait for each other; whoever holds the chain's head gives out the places, one at a time. Ids do not
// commit in their order, so a row is found by having no place yet, never by its number: one that commits late comes later.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { BEFORE_THE_FIRST, chainedText } from '../domain/audit-chain.ts'
import type { Kernel } from './kernel.ts'
import type { AuditRow } from './tables.ts'

export type Head = { position: number; hash: string }

/** Rows a transaction: it holds the head meanwhile, and nothing else. */
export const MOST_CHAINED = 500

export function chainHash(previousHash: string, position: number, row: AuditRow): string {
  const { id, tenant_id, conversation_id, actor, action, subject, detail } = row
  const content = { position, id, tenant_id, conversation_id, actor, action, subject, detail, at: row.at.toISOString() }
  return createHash('sha256').update(chainedText(previousHash, content)).digest('hex')
}

/** Chains what waits, oldest id first. Returns how many and the new head; null when somebody else is at it. */
export async function chainAudit(kernel: Kernel): Promise<{ chained: number; head: Head } | null> {
  const { db, tenant } = kernel
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('audit_head')
      .values({ tenant_id: tenant, position: 0, hash: BEFORE_THE_FIRST })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const head = await trx
      .selectFrom('audit_head')
      .select(['position', 'hash'])
      .where('tenant_id', '=', tenant)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!head) return null
    const rows = await trx
      .selectFrom('audit_log')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('position', 'is', null)
      .orderBy('id')
      .limit(MOST_CHAINED)
      .execute()
    if (rows.length === 0) return { chained: 0, head }
    let { position, hash } = head
    const placed = rows.map((row) => {
      const previous_hash = hash
      position += 1
      hash = chainHash(previous_hash, position, row)
      return { id: row.id, position, previous_hash, hash }
    })
    await sql`
      update audit_log set position = placed.position, previous_hash = placed.previous_hash, hash = placed.hash
      from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb)
        as placed(id bigint, position bigint, previous_hash text, hash text)
      where audit_log.id = placed.id`.execute(trx)
    await trx.updateTable('audit_head').set({ position, hash }).where('tenant_id', '=', tenant).execute()
    return { chained: rows.length, head: { position, hash } }
  })
}
