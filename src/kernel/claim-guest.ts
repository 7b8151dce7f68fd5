// A guest signs in: their conversations and messages become the customer's [L1]. The identity is taken over first, under its
// row lock, so that no start of the guest slips in behind; then each conversation under its own. A repeat finishes what an
// earlier one began and returns the same. A running turn goes on as it began: its answer holds nothing but public knowledge,
// and its next round sees a signed-in customer. The guest's own row goes last; whom they became stays in identities.
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { isUniqueViolation } from './store-errors.ts'
import type { ConversationRow } from './tables.ts'
import { type SignedInCustomer, welcomeCustomer } from './welcome-customer.ts'

export type GuestClaim = { guestId: string; customer: SignedInCustomer; actor: Actor }

/** The conversations that came with the guest. Throws Refusal `conflict` when the guest became somebody else. */
export async function claimGuest(kernel: Kernel, claim: GuestClaim): Promise<ConversationRow[]> {
  await takeIdentity(kernel, claim)
  const open = await kernel.db
    .selectFrom('conversations')
    .select('id')
    .where('tenant_id', '=', kernel.tenant)
    .where('customer_id', '=', claim.guestId)
    .execute()
  for (const { id } of open) await moveConversation(kernel, claim, id)
  await removeGuest(kernel, claim)
  return claimedBefore(kernel, claim)
}

async function takeIdentity(kernel: Kernel, { guestId, customer }: GuestClaim): Promise<void> {
  await kernel.db.transaction().execute(async (trx) => {
    await welcomeCustomer(kernel, trx, customer)
    const taken = await trx
      .insertInto('identities')
      .values({ tenant_id: kernel.tenant, kind: 'guest', subject: guestId, customer_id: customer.id })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'kind', 'issuer', 'subject'])
          .doUpdateSet({ customer_id: customer.id })
          .where('identities.customer_id', 'in', [guestId, customer.id]),
      )
      .returning('customer_id')
      .executeTakeFirst()
    if (!taken) throw new Refusal('conflict', 'This guest has signed in as somebody else.')
  })
}

async function moveConversation(kernel: Kernel, claim: GuestClaim, conversationId: string): Promise<void> {
  const move = () => inConversation(kernel, conversationId, (scope) => moveInScope(scope, claim))
  try {
    await move()
  } catch (error) {
    // The customer began a conversation with the same message id at the same moment: now its row is there to be seen.
    if (!isUniqueViolation(error, 'messages_first_by_client_key')) throw error
    await move()
  }
}

async function moveInScope(scope: Scope, { guestId, customer, actor }: GuestClaim): Promise<void> {
  const { row, trx, kernel } = scope
  if (row.customer_id !== guestId) return
  // Of two first messages with one id only the customer's own is found by a repeated start.
  const own = trx
    .selectFrom('messages as own')
    .select('own.client_key')
    .where('own.tenant_id', '=', kernel.tenant)
    .where('own.customer_id', '=', customer.id)
    .where('own.is_first', '=', true)
  await trx
    .updateTable('messages')
    .set({ is_first: false })
    .where('conversation_id', '=', row.id)
    .where('is_first', '=', true)
    .where('client_key', 'in', own)
    .execute()
  for (const table of ['messages', 'feedback', 'ratings'] as const) {
    await trx.updateTable(table).set({ customer_id: customer.id }).where('conversation_id', '=', row.id).execute()
  }
  // What is on its way was sent for the guest, and a repeat must say the same; it follows when it has ended.
  await trx
    .updateTable('effects')
    .set({ customer_id: customer.id })
    .where('conversation_id', '=', row.id)
    .where('state', '!=', 'sent')
    .execute()
  scope.change({ customer_id: customer.id, guest: false })
  scope.emit('customer-signed-in', guestId, { customer_id: customer.id, guest_id: guestId }, 'agents')
  await audit(scope, actor, { action: 'guest.claimed', subject: guestId })
}

/** Nothing begins for the guest any more, and everything that began has moved. */
async function removeGuest(kernel: Kernel, { guestId }: GuestClaim): Promise<void> {
  await kernel.db.deleteFrom('customers').where('tenant_id', '=', kernel.tenant).where('id', '=', guestId).execute()
}

async function claimedBefore(kernel: Kernel, { guestId, customer }: GuestClaim): Promise<ConversationRow[]> {
  return kernel.db
    .selectFrom('conversations')
    .innerJoin('events', 'events.conversation_id', 'conversations.id')
    .selectAll('conversations')
    .where('conversations.tenant_id', '=', kernel.tenant)
    .where('conversations.customer_id', '=', customer.id)
    .where('events.type', '=', 'customer-signed-in')
    .where('events.key', '=', guestId)
    .orderBy('conversations.id')
    .execute()
}
