// A text that enters the transcript: the message row and its event, under the lock.
import type { Citation, MessageRole, MessageView, Person } from '../domain/conversation.ts'
import type { Scope } from './conversation-row.ts'
import type { MessageRow } from './tables.ts'

export type SaidMessage = {
  id: string
  role: Exclude<MessageRole, 'customer'>
  text: string
  inReplyTo?: string[]
  citations?: Citation[]
  author?: Person
  turn?: number
}

export async function sayMessage(scope: Scope, message: SaidMessage): Promise<MessageView> {
  const { row, trx, now, kernel } = scope
  const view: MessageView = {
    id: message.id,
    seq: row.last_seq + 1,
    role: message.role,
    text: message.text,
    ...(message.citations && message.citations.length > 0 ? { citations: message.citations } : {}),
    in_reply_to: message.inReplyTo ?? [],
    ...(message.author ? { author: message.author } : {}),
    created_at: now.toISOString(),
  }
  const seq =
    message.role === 'note'
      ? scope.emit('note-added', message.id, { message: view }, 'agents')
      : scope.emit('message-completed', message.id, { message: view })
  await trx
    .insertInto('messages')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      conversation_id: row.id,
      id: message.id,
      customer_id: row.customer_id,
      seq,
      role: message.role,
      text: message.text,
      turn: message.turn ?? null,
      in_reply_to: JSON.stringify(view.in_reply_to),
      citations: view.citations ? JSON.stringify(view.citations) : null,
      author: message.author ? JSON.stringify(message.author) : null,
      created_at: now,
    })
    .execute()
  return view
}

/** A stored message as the API and the stream show it. */
export function messageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    seq: row.seq,
    role: row.role,
    text: row.text,
    ...(row.status ? { status: row.status } : {}),
    ...(row.citations ? { citations: row.citations } : {}),
    in_reply_to: row.in_reply_to,
    ...(row.author ? { author: row.author } : {}),
    created_at: row.created_at.toISOString(),
  }
}
