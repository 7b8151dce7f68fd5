// A customer gets a row, and the identity that came with the token points to it.
import { sql, type Transaction } from 'kysely'
import { Refusal } from '../domain/errors.ts'
import type { Kernel } from './kernel.ts'
import type { Tables } from './tables.ts'

export type SignedInCustomer = {
  id: string
  name?: string | undefined
  tier?: string | undefined
  issuer: string
  subject: string
  /** Without an account: `id` is that of their token. */
  guest?: boolean | undefined
}

export async function welcomeCustomer(
  kernel: Kernel,
  trx: Transaction<Tables>,
  customer: SignedInCustomer,
): Promise<void> {
  const key = { tenant_id: kernel.tenant, id: customer.id }
  await trx
    .insertInto('customers')
    .values({ ...key, name: customer.name ?? null, tier: customer.tier ?? null })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'id'])
        .doUpdateSet({
          name: sql`coalesce(excluded.name, customers.name)`,
          tier: sql`coalesce(excluded.tier, customers.tier)`,
        })
        // Nothing new: no write, so that a customer's parallel starts do not queue for this row.
        .where(
          sql<boolean>`coalesce(excluded.name, customers.name) is distinct from customers.name
            or coalesce(excluded.tier, customers.tier) is distinct from customers.tier`,
        ),
    )
    .execute()
  if (customer.guest) await welcomeGuest(kernel, trx, customer.id)
  else await enterIdentity(kernel, trx, { kind: 'oidc', ...customer })
}

/** Whoever has signed in since must not begin as a guest again: nobody would find that conversation. */
async function welcomeGuest(kernel: Kernel, trx: Transaction<Tables>, id: string): Promise<void> {
  await enterIdentity(kernel, trx, { kind: 'guest', id, issuer: '', subject: id })
  const identity = await trx
    .selectFrom('identities')
    .select('customer_id')
    .where('tenant_id', '=', kernel.tenant)
    .where('kind', '=', 'guest')
    .where('issuer', '=', '')
    .where('subject', '=', id)
    .forShare()
    .executeTakeFirstOrThrow()
  if (identity.customer_id !== id) throw new Refusal('unauthenticated', 'This guest has signed in since.')
}

async function enterIdentity(
  kernel: Kernel,
  trx: Transaction<Tables>,
  { kind, issuer, subject, id }: Pick<SignedInCustomer, 'issuer' | 'subject' | 'id'> & { kind: 'oidc' | 'guest' },
): Promise<void> {
  await trx
    .insertInto('identities')
    .values({ tenant_id: kernel.tenant, kind, issuer, subject, customer_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
