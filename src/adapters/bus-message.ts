import type { BusMessage } from '../ports/bus.ts'
import { isRecord } from './record.ts'

const FIELDS: Record<BusMessage['kind'], Record<string, 'number' | 'string'>> = {
  events: { seq: 'number', floor: 'number' },
  delta: { turn: 'number', attempt: 'number', floor: 'number', message_id: 'string', text: 'string' },
  accepted: { conversation_id: 'string' },
  restarted: { turn: 'number', attempt: 'number', floor: 'number', message_id: 'string' },
}

/** Reads a hint off the wire; null for anything else, such as one of a newer version. */
export function readBusMessage(text: string): BusMessage | null {
  try {
    const value: unknown = JSON.parse(text)
    return isBusMessage(value) ? value : null
  } catch {
    return null
  }
}

function isBusMessage(value: unknown): value is BusMessage {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || !Object.hasOwn(FIELDS, value['kind'])) return false
  const fields = new Map(Object.entries(FIELDS)).get(value['kind']) ?? {}
  return Object.entries(fields).every(([name, type]) => typeof value[name] === type)
}
