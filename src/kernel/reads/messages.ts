import { sql } from 'kysely'
import type { MessageStatus, MessageView } from '../../domain/conversation.ts'
import type { Kernel } from '../kernel.ts'
import { messageView } from '../say-message.ts'
import type { MessageRow } from '../tables.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'

/** The transcript, oldest first; notes are for agents only. */
export async function transcript(
  kernel: Kernel,
  conversationId: string,
  options: PageRequest & { notes: boolean },
): Promise<Page<MessageView>> {
  const after = readCursor(options.cursor, ['integer'])
  let query = kernel.db.selectFrom('messages').selectAll().where('conversation_id', '=', conversationId)
  if (!options.notes) query = query.where('role', '!=', 'note')
  if (after) query = query.where('seq', '>', after[0])
  const rows = await query
    .orderBy('seq')
    .limit(options.limit + 1)
    .execute()
  return pageOf(rows, options.limit, messageView, (row) => [row.seq])
}

export type MessageProgress = { id: string; status: MessageStatus; message: MessageView; reply?: MessageView }

/** A customer's message and what came of it so far; undefined when there is no such customer message. */
export async function messageProgress(
  kernel: Kernel,
  conversationId: string,
  messageId: string,
): Promise<MessageProgress | undefined> {
  const row = await kernel.db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('id', '=', messageId)
    .where('role', '=', 'customer')
    .executeTakeFirst()
  if (!row?.status) return undefined
  // What waits or is being worked on has no answer yet: the transaction that answers a message says so of it.
  const settled = row.status !== 'accepted' && row.status !== 'processing'
  const reply = settled ? await replyTo(kernel, row) : undefined
  const progress = { id: row.id, status: row.status, message: messageView(row) }
  return reply ? { ...progress, reply: messageView(reply) } : progress
}

/** The answer of the AI or a person; else what the customer was told when it was handed to people, or failed. */
async function replyTo(kernel: Kernel, message: MessageRow): Promise<MessageRow | undefined> {
  const answers = kernel.db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', message.conversation_id)
    .where('seq', '>', message.seq)
    .where(sql<boolean>`in_reply_to @> jsonb_build_array(${message.id}::text)`)
    .orderBy('seq')
  const answer = await answers.where('role', 'in', ['ai', 'human']).executeTakeFirst()
  if (answer || (message.status !== 'handed_off' && message.status !== 'failed')) return answer
  // Written while the person already had the floor: the acknowledgement came before it and does not name it.
  return (await answers.where('role', '=', 'system').executeTakeFirst()) ?? newestAcknowledgement(kernel, message)
}

async function newestAcknowledgement(kernel: Kernel, message: MessageRow): Promise<MessageRow | undefined> {
  return kernel.db
    .selectFrom('handoffs')
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.conversation_id', '=', 'handoffs.conversation_id')
        .onRef('messages.id', '=', 'handoffs.acknowledgement_id'),
    )
    .selectAll('messages')
    .where('handoffs.conversation_id', '=', message.conversation_id)
    .orderBy('handoffs.offered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}
