import type { Kernel } from '../kernel.ts'
import type { FeedbackRow, RatingRow } from '../tables.ts'

/** What the customer thought of each reply, oldest first, and of the whole. */
export async function feedbackOf(
  kernel: Kernel,
  conversationId: string,
): Promise<{ feedback: FeedbackRow[]; rating: RatingRow | undefined }> {
  const [feedback, rating] = await Promise.all([
    kernel.db
      .selectFrom('feedback')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('at')
      .orderBy('message_id')
      .execute(),
    kernel.db.selectFrom('ratings').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst(),
  ])
  return { feedback, rating }
}
