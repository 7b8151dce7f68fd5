// A customer's message enters a conversation: what starting one and writing into one share. Runs under the row lock.
import { say } from '../domain/catalogue.ts'
import type { MessageStatus } from '../domain/conversation.ts'
import { Refusal } from '../domain/errors.ts'
import type { Scope } from './conversation-row.ts'
import { newId } from './ids.ts'
import { sayMessage } from './say-message.ts'
import type { MessageRow } from './tables.ts'

export type IncomingMessage = {
  /** The client's own id. */
  id?: string | undefined
  /** After masking. */
  text: string
  /** A card number was masked in it; the customer is told. */
  masked: boolean
}

/** The same key is the same message; the message's own id beats the `Idempotency-Key`. */
export function clientKey(message: { id?: string | undefined }, idempotencyKey: string | undefined): string | null {
  if (message.id !== undefined) return `id:${message.id}`
  return idempotencyKey === undefined ? null : `key:${idempotencyKey}`
}

/** A repeat must say the same; texts are compared after masking. Throws Refusal `idempotency_conflict`. */
export function sameMessage(known: MessageRow, text: string): MessageRow {
  if (known.role !== 'customer' || known.text !== text) throw idTaken()
  return known
}

/** The message with this client key in this conversation, or null. Throws Refusal when the id is not free for it. */
export async function knownMessage(
  scope: Scope,
  message: IncomingMessage,
  key: string | null,
): Promise<MessageRow | null> {
  if (key === null) return null
  const known = await scope.trx
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where((where) =>
      message.id === undefined
        ? where('client_key', '=', key)
        : where.or([where('client_key', '=', key), where('id', '=', message.id)]),
    )
    .executeTakeFirst()
  if (known) return sameMessage(known, message.text)
  if (message.id !== undefined) await refuseReplyId(scope, message.id)
  return null
}

/** Deltas show the id of a reply before its row exists; a client that takes it would keep the reply from being written. */
export async function refuseReplyId(scope: Scope, id: string): Promise<void> {
  const turn = await scope.trx
    .selectFrom('turns')
    .select('number')
    .where('conversation_id', '=', scope.row.id)
    .where('reply_message_id', '=', id)
    .executeTakeFirst()
  if (turn) throw idTaken()
}

const idTaken = () =>
  new Refusal(
    'idempotency_conflict',
    'This message id was used for another message of this conversation. Use a new id.',
  )

/** Writes the row, its event and, when a card number was masked, the notice that says so. */
export async function enterMessage(
  scope: Scope,
  message: IncomingMessage,
  entry: { clientKey: string | null; isFirst: boolean; status: MessageStatus },
): Promise<MessageRow> {
  const { row, trx, now, kernel, desk } = scope
  const id = message.id ?? newId('msg', now)
  const seq = scope.emit('message-accepted', id, { message_id: id })
  const stored = await trx
    .insertInto('messages')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      conversation_id: row.id,
      id,
      customer_id: row.customer_id,
      seq,
      role: 'customer',
      text: message.text,
      status: entry.status,
      client_key: entry.clientKey,
      is_first: entry.isFirst,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (message.masked) {
    const text = say(desk.catalogue, row.locale, 'card_masked')
    await sayMessage(scope, { id: newId('msg', now), role: 'system', text })
  }
  return stored
}
