import type { ConversationView } from '../../src/kernel/conversation-view.ts'

/** One line about a conversation: who has the floor, what it is about, what it cost. */
export function statusLine(conversation: ConversationView): string {
  const { id, status, controlled_by, specialist, ticket_id, cost_usd, closing } = conversation
  return [
    id,
    closing === true ? 'closes when the open answer is finished' : status,
    controlled_by === 'human' ? 'a person has it' : 'the AI has it',
    ...(specialist === null ? [] : [`about ${specialist.replaceAll('_', ' ')}`]),
    ...(ticket_id === undefined ? [] : [`ticket ${ticket_id}`]),
    `cost $${cost_usd}`,
  ].join(' · ')
}
