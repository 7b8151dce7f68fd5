import { type EventType, showsMessage } from '../../domain/events.ts'
import type { JsonObject } from '../../domain/json.ts'
import type { Kernel } from '../kernel.ts'
import { messageView } from '../say-message.ts'

export type StoredEvent = { seq: number; type: EventType; audience: 'all' | 'agents'; data: JsonObject; at: Date }

/** Durable events after `seq`, in order. They commit in order of seq, so a reader that saw N misses nothing up to N. */
export async function eventsAfter(
  kernel: Kernel,
  conversationId: string,
  seq: number,
  limit: number,
): Promise<StoredEvent[]> {
  const events = await kernel.db
    .selectFrom('events')
    .select(['seq', 'type', 'audience', 'data', 'at'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const messages = await messagesOf(kernel, conversationId, events)
  return events.flatMap((event) => {
    if (!showsMessage(event.type)) return [event]
    const message = messages.get(event.seq)
    // Without its message the conversation was erased between the two looks.
    return message ? [{ ...event, data: { ...event.data, message } }] : []
  })
}

/** A message is committed with its event, so whoever read the one finds the other. */
async function messagesOf(
  kernel: Kernel,
  conversationId: string,
  events: readonly { type: EventType; seq: number }[],
): Promise<Map<number, JsonObject>> {
  const seqs = events.flatMap(({ type, seq }) => (showsMessage(type) ? [seq] : []))
  const [first, last] = [seqs[0], seqs.at(-1)]
  if (first === undefined || last === undefined) return new Map()
  const rows = await kernel.db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('role', '!=', 'customer')
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .execute()
  return new Map(rows.map((row) => [row.seq, messageView(row)]))
}

/** The last seq, with the floor and the customer that belong to it; undefined once the conversation is erased. */
export async function latestSeq(
  kernel: Kernel,
  conversationId: string,
): Promise<{ seq: number; floor: number; customerId: string } | undefined> {
  const row = await kernel.db
    .selectFrom('conversations')
    .select(['last_seq', 'floor', 'customer_id'])
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return row && { seq: row.last_seq, floor: row.floor, customerId: row.customer_id }
}
