import { aiAnswers, withPeople } from '../answers.ts'
import type { MessageRow, Story } from '../evidence.ts'
import { seconds } from '../patience.ts'
import { defineKind, type Finding } from '../violation.ts'

export const acceptedNeverAnswered = defineKind({
  name: 'accepted-never-answered',
  promise: 'Every message in the store gets an answer, a person, or an honest failure note and a person (P1).',
  find: ({ stories, history }) =>
    stories.flatMap((story) => [
      ...story.messages
        .filter((message) => message.role === 'customer')
        .flatMap((message) => {
          const explanation = leftAlone(story, message, history.endedAt)
          return explanation === null ? [] : [{ conversation: story.id, messages: [message.id], explanation }]
        }),
      ...toldWithoutAnswer(story),
    ]),
})

/** Why nobody can say that this message was answered; null when it was. */
function leftAlone(story: Story, message: MessageRow, endedAt: number): string | null {
  const it = `The message ${message.id}`
  switch (message.status) {
    case 'answered':
      return isAnswered(story, message) ? null : `${it} is marked answered, but no reply answers it.`
    case 'handed_off':
      return withPeople(story, message.seq)
        ? null
        : `${it} is marked handed off, but no person has the conversation or is offered it.`
    case 'failed':
      if (!hasNote(story, message)) return `${it} is marked failed, and the customer was never told so.`
      return withPeople(story, message.seq)
        ? null
        : `${it} is marked failed, but no person has the conversation or is offered it.`
    case 'accepted':
    case 'processing':
      return `${it} is still ${message.status} at the end, ${seconds(endedAt - message.created_at)} after it was stored.`
    case null:
    default:
      return `${it} has the status ${String(message.status)}, which says nothing of an answer.`
  }
}

const isAnswered = (story: Story, { id, seq }: MessageRow): boolean =>
  aiAnswers(story).some(({ reply, answers }) => reply.seq > seq && answers.includes(id)) ||
  story.messages.some((reply) => reply.role === 'human' && reply.seq > seq && reply.in_reply_to.includes(id))

const hasNote = (story: Story, { id, seq }: MessageRow): boolean =>
  story.messages.some((note) => note.role === 'system' && note.seq > seq && note.in_reply_to.includes(id))

/** A look that says "answered" must show the answer. (A post that waited may only repeat how the message stood.) */
function toldWithoutAnswer(story: Story): Finding[] {
  return story.operations.flatMap((operation): Finding[] => {
    if (operation.kind !== 'poll' || operation.seen?.status !== 'answered' || operation.seen.replyId !== null) return []
    const { messageId } = operation
    const explanation = `A client was told that the message ${messageId} is answered, and was given no answer.`
    return [{ conversation: story.id, messages: [messageId], explanation }]
  })
}
