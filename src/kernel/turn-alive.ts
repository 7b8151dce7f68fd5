import type { Kysely } from 'kysely'
import type { Kernel } from './kernel.ts'
import type { Tables } from './tables.ts'

/**
 * A sign of life of whoever works on the open turn. The relay rings a conversation whose sign grows old, which covers a run
 * that was terminated, an engine that was lost and one that was put back from an older copy alike.
 * Without a transaction of its own (`db`) it is the one write without the row lock: it decides nothing and touches a column nobody else writes meanwhile.
 */
export async function turnAlive(
  kernel: Kernel,
  request: { conversationId: string; turn: number },
  db: Kysely<Tables> = kernel.db,
): Promise<void> {
  await db
    .updateTable('turns')
    .set({ alive_at: kernel.now() })
    .where('conversation_id', '=', request.conversationId)
    .where('number', '=', request.turn)
    .where('state', '=', 'open')
    .execute()
}
