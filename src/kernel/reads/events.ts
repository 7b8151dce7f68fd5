import type { JsonObject } from '../../domain/json.ts'
import type { Kernel } from '../kernel.ts'

export type StoredEvent = { seq: number; type: string; audience: 'all' | 'agents'; data: JsonObject; at: Date }

/** Durable events after `seq`, in order. They commit in order of seq, so a reader that saw N misses nothing up to N. */
export async function eventsAfter(
  kernel: Kernel,
  conversationId: string,
  seq: number,
  limit: number,
): Promise<StoredEvent[]> {
  return kernel.db
    .selectFrom('events')
    .select(['seq', 'type', 'audience', 'data', 'at'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The last seq and the floor that belongs to it; undefined once the conversation is erased. */
export async function latestSeq(
  kernel: Kernel,
  conversationId: string,
): Promise<{ seq: number; floor: number } | undefined> {
  const row = await kernel.db
    .selectFrom('conversations')
    .select(['last_seq', 'floor'])
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return row && { seq: row.last_seq, floor: row.floor }
}
