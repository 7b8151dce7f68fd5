// Which texts answer which messages.
import { claimedBy, fieldOf } from './event-data.ts'
import type { MessageRow, Story } from './evidence.ts'

export type Answer = { reply: MessageRow; answers: string[] }

/** An AI text that names nothing answers what its turn had claimed. */
export function aiAnswers(story: Story): Answer[] {
  const claimed = claims(story)
  return story.messages
    .filter((message) => message.role === 'ai')
    .map((reply) => ({
      reply,
      answers: reply.in_reply_to.length > 0 ? reply.in_reply_to : (claimed.get(reply.turn) ?? []),
    }))
}

/** A text that a client saw growing, with the messages that its turn had claimed; whatever became of it. */
export type Draft = { messageId: string; text: string; at: number; answers: string[] }

export function drafts(story: Story): Draft[] {
  const turnOf = new Map(story.turns.map((turn) => [turn.reply_message_id, turn.number]))
  const claimed = claims(story)
  return story.streams.flatMap((stream) =>
    stream.drafts.flatMap(({ messageId, text, at }) =>
      text === null ? [] : [{ messageId, text, at, answers: claimed.get(turnOf.get(messageId)) ?? [] }],
    ),
  )
}

/** By turn, the messages it claimed. */
const claims = (story: Story): Map<unknown, string[]> =>
  new Map(
    story.events
      .filter((event) => event.type === 'turn-started')
      .map((event) => [fieldOf(event, 'turn'), claimedBy(event)] as const),
  )

/** The handoff states in which people have, or are offered, the conversation. */
const LIVE = new Set(['offered', 'seen', 'claimed', 'answered'])
export const isLive = (handoff: { state: string }): boolean => LIVE.has(handoff.state)

/** A person has it, is offered it, or had it until somebody closed the conversation after this seq. */
export function withPeople(story: Story, seq: number): boolean {
  if (story.handoffs.some(isLive)) return true
  const asked = story.operations.some((operation) => operation.kind === 'close' && operation.outcome !== 'fail')
  return asked && story.events.some((event) => event.type === 'conversation-closed' && event.seq > seq)
}
