// What is made once for an installation: the key behind the hash that stands for a customer in Temporal's visibility.
import { createHmac, randomBytes } from 'node:crypto'
import type { Kernel } from './kernel.ts'

/** Reads the key, making it first when this is the installation's first process. */
export async function subjectRefKey(kernel: Kernel): Promise<string> {
  const read = () =>
    kernel.db
      .selectFrom('installation')
      .select('subject_ref_key')
      .where('tenant_id', '=', kernel.tenant)
      .executeTakeFirst()
  const known = await read()
  if (known) return known.subject_ref_key
  await kernel.db
    .insertInto('installation')
    .values({ tenant_id: kernel.tenant, subject_ref_key: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const made = await read()
  if (!made) throw new Error('The installation row could not be written.')
  return made.subject_ref_key
}

/** A customer in search attributes: the same customer has the same reference, and nobody can turn it back. */
export const subjectRef = (key: string, tenant: string, customerId: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(`${tenant}/${customerId}`).digest('hex').slice(0, 32)
