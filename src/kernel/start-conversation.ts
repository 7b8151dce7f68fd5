// A conversation begins with its first message, in one transaction. A repeated start returns the first one's outcome.
import { announce, openScope } from './conversation-row.ts'
import { clientKey, enterMessage, type IncomingMessage, sameMessage } from './customer-message.ts'
import { newId } from './ids.ts'
import { deskRules, type Kernel } from './kernel.ts'
import { isUniqueViolation } from './store-errors.ts'
import type { ConversationRow, MessageRow } from './tables.ts'
import { welcomeCustomer, type SignedInCustomer } from './welcome-customer.ts'

export type ConversationStart = {
  customer: SignedInCustomer
  desk: string
  channel: string
  locale?: string | undefined
  timeZone?: string | undefined
  metadata?: Record<string, string> | undefined
  message: IncomingMessage
  idempotencyKey?: string | undefined
}

/** `sooner`: a person is due to answer it, earlier than the conversation's run expects to wake. */
export type Accepted = { conversation: ConversationRow; message: MessageRow; repeated: boolean; sooner?: boolean }

/** Throws Refusal `idempotency_conflict` when the id began another conversation with another text. */
export async function startConversation(kernel: Kernel, start: ConversationStart): Promise<Accepted> {
  const key = clientKey(start.message, start.idempotencyKey)
  const known = await firstMessage(kernel, start, key)
  if (known) return known
  try {
    return await begin(kernel, start, key)
  } catch (error) {
    // A repeat at the same moment: the index let one of them in, and the other finds it.
    if (!isUniqueViolation(error, 'messages_first_by_client_key')) throw error
    const winner = await firstMessage(kernel, start, key)
    if (!winner) throw error
    return winner
  }
}

async function firstMessage(kernel: Kernel, start: ConversationStart, key: string | null): Promise<Accepted | null> {
  if (key === null) return null
  const message = await kernel.db
    .selectFrom('messages')
    .selectAll()
    .where('tenant_id', '=', kernel.tenant)
    .where('customer_id', '=', start.customer.id)
    .where('client_key', '=', key)
    .where('is_first', '=', true)
    .executeTakeFirst()
  if (!message) return null
  const conversation = await kernel.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', message.conversation_id)
    .executeTakeFirstOrThrow()
  return { conversation, message: sameMessage(message, start.message.text), repeated: true }
}

async function begin(kernel: Kernel, start: ConversationStart, key: string | null): Promise<Accepted> {
  const { policy } = deskRules(kernel, start.desk)
  const now = kernel.now()
  const begun = await kernel.db.transaction().execute(async (trx) => {
    await welcomeCustomer(kernel, trx, start.customer)
    const row = await trx
      .insertInto('conversations')
      .values({
        tenant_id: kernel.tenant,
        id: newId('conv', now),
        desk: start.desk,
        channel: start.channel,
        customer_id: start.customer.id,
        guest: start.customer.guest ?? false,
        ...(start.locale === undefined ? {} : { locale: start.locale }),
        ...(start.timeZone === undefined ? {} : { time_zone: start.timeZone }),
        metadata: JSON.stringify(start.metadata ?? {}),
        policy_version: policy.version,
        created_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const { scope, finish } = openScope(kernel, trx, row)
    const message = await enterMessage(scope, start.message, { clientKey: key, isFirst: true, status: 'accepted' })
    return { conversation: row, message, repeated: false, hint: await finish() }
  })
  const { hint, ...accepted } = begun
  announce(kernel, hint)
  return accepted
}
