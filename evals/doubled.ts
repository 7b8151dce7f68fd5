// Finds what happened twice in a transcript.
import type { MessageView } from '../src/domain/conversation.ts'

/** In words, what was doubled for one customer message; empty is good. */
export function doubledIn(transcript: MessageView[], messageId: string): string[] {
  const found: string[] = []
  const copies = transcript.filter(({ role, id }) => role === 'customer' && id === messageId)
  if (copies.length > 1) found.push(`the message is in the transcript ${copies.length} times`)
  const answers = transcript.filter(({ role, in_reply_to }) => role === 'ai' && in_reply_to.includes(messageId))
  if (answers.length > 1) found.push(`${answers.length} answers of the AI`)
  // A notice (a masked card number) may stand beside an acknowledgement, but never the same one twice.
  const notices = transcript.filter(({ role, in_reply_to }) => role === 'system' && in_reply_to.includes(messageId))
  if (new Set(notices.map(({ text }) => text)).size < notices.length) found.push('the same notice twice')
  const ids = transcript.map(({ id }) => id)
  if (new Set(ids).size < ids.length) found.push('two messages with the same id')
  return found
}
