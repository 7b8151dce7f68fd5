// Who had the floor, and when: the one question that runs through every page. It changes at exact events.
import type { TimelineStep } from '../../shared/desk-types.ts'

/** `waiting`: the AI is silent, and nobody has claimed it yet. */
export type Floor = 'ai' | 'waiting' | 'person'
export type FloorSpan = { floor: Floor; from: string; until: string | null }

const CHANGES: Record<string, Floor> = {
  'handoff-offered': 'waiting',
  'handoff-claimed': 'person',
  'handoff-released': 'waiting',
  'handed-back': 'ai',
  'conversation-closed': 'ai',
}

/** Who has the floor after this event. */
export const floorAfter = (before: Floor, type: string): Floor =>
  (Object.hasOwn(CHANGES, type) ? CHANGES[type] : undefined) ?? before

/** Oldest first; the last has no end. */
export function floorSpans(timeline: readonly TimelineStep[], since: string): FloorSpan[] {
  const spans: FloorSpan[] = []
  let now: FloorSpan = { floor: 'ai', from: since, until: null }
  for (const { type, at } of timeline) {
    const floor = floorAfter(now.floor, type)
    if (floor === now.floor) continue
    spans.push({ ...now, until: at })
    now = { floor, from: at, until: null }
  }
  return [...spans, now]
}
