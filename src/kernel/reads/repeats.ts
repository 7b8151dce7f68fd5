// Whether a message has been accepted before; for the hourly limit, which counts no repeats.
import { clientKey } from '../customer-message.ts'
import type { Kernel } from '../kernel.ts'

/** Did this customer begin a conversation with this message? */
export async function isKnownFirst(
  kernel: Kernel,
  customerId: string,
  message: { id?: string | undefined },
  idempotencyKey: string | undefined,
): Promise<boolean> {
  const key = clientKey(message, idempotencyKey)
  if (key === null) return false
  const row = await kernel.db
    .selectFrom('messages')
    .select('id')
    .where('tenant_id', '=', kernel.tenant)
    .where('customer_id', '=', customerId)
    .where('client_key', '=', key)
    .where('is_first', '=', true)
    .executeTakeFirst()
  return row !== undefined
}

/** Is this message in the conversation already? */
export async function isKnownIn(
  kernel: Kernel,
  conversationId: string,
  message: { id?: string | undefined },
  idempotencyKey: string | undefined,
): Promise<boolean> {
  const key = clientKey(message, idempotencyKey)
  if (key === null) return false
  const row = await kernel.db
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('client_key', '=', key)
    .executeTakeFirst()
  return row !== undefined
}
