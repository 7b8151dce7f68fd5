// What clients were told of one message over time, by polls and by answers that waited.
import { isPost, type Story, succeeded } from './evidence.ts'
import type { MessageSeen } from '../history.ts'

export type Sighting = { messageId: string; operation: number; from: number; until: number; seen: MessageSeen }

export function sightings(story: Story): Sighting[] {
  return story.operations.flatMap((operation) => {
    const seen = isPost(operation) ? operation.waited : operation.kind === 'poll' ? operation.seen : null
    if (!seen || !succeeded(operation) || !('messageId' in operation)) return []
    return [
      {
        messageId: operation.messageId,
        operation: operation.id,
        from: operation.invokedAt,
        until: operation.endedAt,
        seen,
      },
    ]
  })
}

/** True when the first was answered before the second was asked: only then do they have an order. */
export const isBefore = (first: Sighting, second: Sighting): boolean => first.until < second.from
