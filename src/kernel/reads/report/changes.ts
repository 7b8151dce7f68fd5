// When another policy or prompt came into use. The first of each is no change.
import { sql } from 'kysely'
import type { Kernel } from '../../kernel.ts'
import { within, type Window } from './window.ts'

export type Change = {
  at: string
  kind: 'policy' | 'prompt'
  desk: string
  /** Whose prompt. */
  specialist: string | null
  version: string
}

/** Oldest first. */
export async function changes(kernel: Kernel, window: Window): Promise<Change[]> {
  const { rows } = await sql<Omit<Change, 'at'> & { at: Date }>`
    select v.at, v.kind, v.desk, nullif(v.specialist, '') as specialist, v.version
    from versions v
    where v.tenant_id = ${kernel.tenant} and ${within(sql`v.at`, window)}
      and (${window.desk ?? null}::text is null or v.desk = ${window.desk ?? null}::text)
      and exists (select 1 from versions earlier where earlier.tenant_id = v.tenant_id and earlier.desk = v.desk
        and earlier.kind = v.kind and earlier.specialist = v.specialist and earlier.at < v.at)
    order by v.at, v.kind, v.specialist
    limit 200`.execute(kernel.db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
