// The order in which a prompt shows a conversation. What a customer writes while a turn runs arrives before that turn's reply,
// but is answered after it: shown as it arrived, it would look answered, and the question before it as if it still waited.
import type { MessageRole } from '../domain/conversation.ts'

/** Each question right before the reply of its turn, and those of the turn to be answered now at the end. */
export function inOrderOfTurns<T extends { seq: number; role: MessageRole; turn: number | null }>(
  messages: readonly T[],
  openTurn: number,
): T[] {
  const answeredAt = new Map<number, number>()
  for (const { role, turn, seq } of messages) {
    if (role !== 'customer' && turn !== null && !answeredAt.has(turn)) answeredAt.set(turn, seq)
  }
  const placeOf = ({ role, turn, seq }: T): number => {
    if (role !== 'customer' || turn === null) return seq
    // Sequence numbers are whole: half of one is between two.
    return turn === openTurn ? Infinity : (answeredAt.get(turn) ?? seq + 0.5) - 0.5
  }
  return messages
    .map((message) => ({ message, place: placeOf(message) }))
    .toSorted((a, b) => (a.place === b.place ? a.message.seq - b.message.seq : a.place - b.place))
    .map(({ message }) => message)
}
