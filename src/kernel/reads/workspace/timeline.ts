// What happened in a conversation, one sentence each, for people. What was said is not repeated: the transcript shows it.
import type { EventType } from '../../../domain/events.ts'
import type { JsonObject } from '../../../domain/json.ts'
import type { Kernel } from '../../kernel.ts'

export type TimelineEntry = { seq: number; type: EventType; at: string; text: string }

/** Older entries of a conversation of months are not shown. */
const MOST_ENTRIES = 300

const TOLD = [
  'route-decided',
  'approval-requested',
  'approval-decided',
  'handoff-offered',
  'handoff-claimed',
  'handoff-released',
  'handed-back',
  'effect-ruled',
  'feedback-given',
  'status-changed',
  'conversation-closed',
] as const satisfies EventType[]
type Told = (typeof TOLD)[number]

/** Oldest first. */
export async function timeline(kernel: Kernel, conversationId: string): Promise<TimelineEntry[]> {
  const events = await kernel.db
    .selectFrom('events')
    .select(['seq', 'type', 'data', 'at'])
    .$narrowType<{ type: Told }>()
    .where('conversation_id', '=', conversationId)
    .where('type', 'in', TOLD)
    .orderBy('seq', 'desc')
    .limit(MOST_ENTRIES)
    .execute()
  return events.toReversed().map(({ seq, type, data, at }) => ({
    seq,
    type,
    at: at.toISOString(),
    text: sentence(type, data),
  }))
}

function sentence(type: Told, data: JsonObject): string {
  const word = (name: string): string => (typeof data[name] === 'string' ? data[name].replaceAll('_', ' ') : '')
  switch (type) {
    case 'route-decided':
      return `Routed to ${word('intent')} by ${data['by'] === 'model' ? 'the model' : 'the rules'}`
    case 'approval-requested':
      return 'Approval requested'
    case 'approval-decided':
      return `Approval ${word('state')}`
    case 'handoff-offered':
      return `Handoff offered${data['again'] === true ? ' again' : ''}: ${word('reason')}, priority ${word('priority')}`
    case 'handoff-claimed':
      return `${nameIn(data['claimed_by'])} claimed`
    case 'handoff-released':
      return 'Handoff released to the queue'
    case 'handed-back':
      return 'Handed back to the AI'
    case 'effect-ruled':
      return `${nameIn(data['by'])} ruled on a write: it ${data['outcome'] === 'happened' ? 'happened' : 'did not happen'}`
    case 'feedback-given':
      return typeof data['score'] === 'number' ? `Rated ${data['score']} of 5` : `A reply got a thumb ${word('rating')}`
    case 'status-changed':
      return statusSentence(data)
    case 'conversation-closed':
      return 'Closed'
  }
}

function statusSentence({ status, controlled_by: by }: JsonObject): string {
  if (status === 'resolved') return 'Resolved: the customer stayed quiet'
  if (status === 'closed') return 'Closed'
  if (status === 'pending') return 'Waits for the customer or a decision'
  return by === 'human' ? 'Open, a person has the floor' : 'Open, the AI has the floor'
}

function nameIn(person: unknown): string {
  return typeof person === 'object' && person !== null && 'name' in person ? String(person.name) : 'A person'
}
