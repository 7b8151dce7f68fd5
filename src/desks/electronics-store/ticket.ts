// The ticket written when a person is needed: everything the brief knows, cut to what the ticket system takes [A7].
import type { HandoffBrief } from '../../domain/escalation.ts'
import type { Json, JsonObject } from '../../domain/json.ts'
import { TICKET_LIMITS } from './tools/create-ticket.ts'

/** Input of `create_ticket` from a brief. */
export function ticketInput(brief: HandoffBrief): JsonObject {
  const sections = [
    `Reason: ${brief.reason}. Sentiment: ${brief.sentiment}.`,
    `The customer wants: ${brief.wants || 'not said yet'}`,
    `A person answers by ${brief.expected_at}: so the customer was told.`,
    `Next: ${brief.suggested_next_step}`,
    `Tried: ${listed(brief.tried.map(({ tool, outcome, came_back: back }) => `${tool}: ${outcome}${back ? ` (${back})` : ''}`))}`,
    `Facts: ${listed(brief.facts.map(({ kind, value }) => `${kind} ${value}`))}`,
    `Transcript: ${brief.transcript_url}`,
    // Last, because it is the longest and the one that may be cut.
    `Summary:\n${brief.summary}`,
  ]
  const wants = brief.wants.replace(/\s+/g, ' ').trim()
  return {
    subject: cut(`${brief.reason.replaceAll('_', ' ')}: ${wants || 'customer needs a person'}`, TICKET_LIMITS.subject),
    description: cut(sections.join('\n\n'), TICKET_LIMITS.description),
    priority: brief.priority,
  }
}

/** The ticket's number in the data of `create_ticket`. */
export function ticketId(data: Json): string | null {
  const id = data !== null && typeof data === 'object' && !Array.isArray(data) ? data['ticket_id'] : null
  return typeof id === 'string' ? id : null
}

const listed = (entries: string[]): string => (entries.length > 0 ? entries.join('; ') : 'nothing')

/** Cut between characters, never inside one: half a surrogate pair is no text. */
function cut(text: string, most: number): string {
  return text.length <= most
    ? text.trim()
    : `${text
        .slice(0, most - 2)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trim()}…`
}
