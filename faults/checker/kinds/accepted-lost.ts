import { isPost, type Story, succeeded } from '../evidence.ts'
import { defineKind, type Finding } from '../violation.ts'

/** A card number is masked before anything is stored, so such a text comes back changed. */
const MAY_HOLD_A_CARD = /\d(?:[ -]?\d){11,}/

export const acceptedLost = defineKind({
  name: 'accepted-lost',
  promise: 'A message answered with 2xx is in the store, as it was sent, and is never denied afterwards (P1).',
  find: ({ sent, stories }) => [
    ...sent.flatMap(({ customer, messageId, conversation, posts, row }): Finding[] => {
      const accepted = posts.find((post) => succeeded(post) && post.intent.wants !== 'refusal')
      if (!accepted) return []
      const found = { conversation, messages: [messageId] }
      if (!row) {
        const explanation = `The message ${messageId} of ${customer} was answered with ${accepted.status}, but the store does not have it.`
        return [{ ...found, explanation }]
      }
      if (row.text === accepted.text || MAY_HOLD_A_CARD.test(accepted.text)) return []
      const explanation = `The message ${messageId} of ${customer} was answered with ${accepted.status}, but the store has another text under its id.`
      return [{ ...found, explanation }]
    }),
    ...stories.flatMap(denied),
  ],
})

/** A look at a message that was accepted before must find it. */
function denied(story: Story): Finding[] {
  const accepted = story.operations.filter(isPost).filter(succeeded)
  return story.operations.flatMap((operation): Finding[] => {
    if (operation.kind !== 'poll' || operation.status !== 404) return []
    const before = accepted.find(
      (post) =>
        post.messageId === operation.messageId && post.actor === operation.actor && post.endedAt < operation.invokedAt,
    )
    if (!before) return []
    const explanation = `The message ${operation.messageId} had been answered with ${before.status}, and a later look at it was told that there is no such message.`
    return [{ conversation: story.id, messages: [operation.messageId], explanation }]
  })
}
