// What is made once for an installation: the key behind the hash that stands for a customer in Temporal's visibility, and the
// key that signs the tokens of guests. All processes share them through the store.
import { createHmac, randomBytes } from 'node:crypto'
import type { Kernel } from './kernel.ts'

type KeyName = 'subject_ref_key' | 'guest_key'

/** What this process has read: every turn needs it, and it never changes. */
const subjectKeys = new WeakMap<Kernel['db'], string>()

/** A customer in search attributes: the same customer has the same reference, and nobody can turn it back. */
export async function subjectRef(kernel: Kernel, customerId: string): Promise<string> {
  const key = subjectKeys.get(kernel.db) ?? (await subjectRefKey(kernel))
  subjectKeys.set(kernel.db, key)
  const subject = `${kernel.tenant}/${customerId}`
  return createHmac('sha256', Buffer.from(key, 'hex')).update(subject).digest('hex').slice(0, 32)
}

/** Hexadecimal, 32 bytes. */
export const subjectRefKey = (kernel: Kernel): Promise<string> => installationKey(kernel, 'subject_ref_key')
/** Hexadecimal, 32 bytes. */
export const guestKey = (kernel: Kernel): Promise<string> => installationKey(kernel, 'guest_key')

/** Reads the key, making it first when this is the installation's first process that needs it. */
async function installationKey(kernel: Kernel, name: KeyName): Promise<string> {
  const known = await read(kernel, name)
  if (known) return known
  await kernel.db
    .insertInto('installation')
    .values({ tenant_id: kernel.tenant, subject_ref_key: newKey(), guest_key: newKey() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // An installation that is older than the key.
  await kernel.db
    .updateTable('installation')
    .set({ [name]: newKey() })
    .where('tenant_id', '=', kernel.tenant)
    .where(name, 'is', null)
    .execute()
  const made = await read(kernel, name)
  if (!made) throw new Error('The installation row could not be written.')
  return made
}

async function read(kernel: Kernel, name: KeyName): Promise<string | null> {
  const row = await kernel.db
    .selectFrom('installation')
    .select(['subject_ref_key', 'guest_key'])
    .where('tenant_id', '=', kernel.tenant)
    .executeTakeFirst()
  return row?.[name] ?? null
}

const newKey = (): string => randomBytes(32).toString('hex')
