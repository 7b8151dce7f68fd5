// Fields of an event's data, which is unknown until looked at.
import type { EventRow } from './evidence.ts'

export function fieldOf({ data }: EventRow, name: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, name)
    ? (data as Record<string, unknown>)[name]
    : undefined
}

/** The messages a turn claimed when it began. */
export function claimedBy(event: EventRow): string[] {
  const ids = fieldOf(event, 'message_ids')
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

/** Customers see the contract's events; these are for the people of the company. */
const FOR_AGENTS = new Set(['note-added', 'handed-back'])
export const isForAgents = (event: EventRow): boolean =>
  event.audience === undefined ? FOR_AGENTS.has(event.type) : event.audience === 'agents'
