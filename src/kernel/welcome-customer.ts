// A signed-in customer gets a row, and the identity that signed in points to it.
import { sql, type Transaction } from 'kysely'
import type { Kernel } from './kernel.ts'
import type { Tables } from './tables.ts'

export type SignedInCustomer = {
  id: string
  name?: string | undefined
  tier?: string | undefined
  issuer: string
  subject: string
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
  await trx
    .insertInto('identities')
    .values({
      tenant_id: kernel.tenant,
      kind: 'oidc',
      issuer: customer.issuer,
      subject: customer.subject,
      customer_id: customer.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
