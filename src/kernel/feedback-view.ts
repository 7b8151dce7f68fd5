// What a customer thought, as the API shows it.
import type { FeedbackRow, RatingRow } from './tables.ts'

export type FeedbackView = { message_id: string; rating: 'up' | 'down'; comment: string | null; at: string }
export type RatingView = { score: number; comment: string | null; at: string }

export const feedbackView = ({ message_id, rating, comment, at }: FeedbackRow): FeedbackView => ({
  message_id,
  rating,
  comment,
  at: at.toISOString(),
})

export const ratingView = ({ score, comment, at }: RatingRow): RatingView => ({ score, comment, at: at.toISOString() })
