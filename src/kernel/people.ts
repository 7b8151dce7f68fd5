// Who of the staff is there: whoever asked us for anything within two minutes and did not say that they are away.
import type { StaffRole } from '../domain/conversation.ts'
import type { Kernel } from './kernel.ts'
import type { Scope } from './conversation-row.ts'

/** Milliseconds. */
export const ONLINE_FOR = 2 * 60_000

export type StaffMember = { id: string; name: string; role: StaffRole }

/** Somebody gave a sign of life. Who said that they are away stays so. */
export async function seePerson(kernel: Kernel, person: StaffMember): Promise<void> {
  await write(kernel, person, undefined)
}

/** Somebody says that they are away, or back. */
export async function setAway(kernel: Kernel, person: StaffMember, away: boolean): Promise<void> {
  await write(kernel, person, away)
}

async function write(kernel: Kernel, person: StaffMember, away: boolean | undefined): Promise<void> {
  const { id, name, role } = person
  const seen = { name, role, seen_at: kernel.now(), ...(away === undefined ? {} : { away }) }
  await kernel.db
    .insertInto('people')
    .values({ tenant_id: kernel.tenant, id, ...seen })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(seen))
    .execute()
}

export async function anybodyOnline({ trx, kernel, now }: Scope): Promise<boolean> {
  const somebody = await trx
    .selectFrom('people')
    .select('id')
    .where('tenant_id', '=', kernel.tenant)
    .where('away', '=', false)
    .where('seen_at', '>', new Date(now.getTime() - ONLINE_FOR))
    .limit(1)
    .executeTakeFirst()
  return somebody !== undefined
}

/** Somebody of the staff whom we have seen, whenever that was. */
export async function knownPerson({ trx, kernel }: Scope, id: string): Promise<{ id: string; name: string } | null> {
  const found = await trx
    .selectFrom('people')
    .select(['id', 'name'])
    .where('tenant_id', '=', kernel.tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return found ?? null
}
