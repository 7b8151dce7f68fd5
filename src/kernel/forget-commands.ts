// A recorded command answers a client that asks again; after a month nobody does.
import type { Kernel } from './kernel.ts'

/** Removes at most so many commands recorded before; resolves to how many. */
export async function forgetCommands(kernel: Kernel, before: Date, most: number): Promise<number> {
  const old = kernel.db
    .selectFrom('commands')
    .select(['actor', 'id'])
    .where('tenant_id', '=', kernel.tenant)
    .where('created_at', '<', before)
    .limit(most)
  const removed = await kernel.db
    .deleteFrom('commands')
    .where('tenant_id', '=', kernel.tenant)
    .where((where) => where(where.refTuple('actor', 'id'), 'in', old.$asTuple('actor', 'id')))
    .executeTakeFirst()
  return Number(removed.numDeletedRows)
}
