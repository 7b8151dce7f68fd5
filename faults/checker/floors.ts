// Who had the floor, when: read from the conversation's own events, by seq and by time.
import type { Story } from './evidence.ts'

/** A person had it from right after the event `fromSeq` until right before `untilSeq`; infinite while it lasts. */
export type PersonsFloor = { fromSeq: number; fromTime: number; untilSeq: number; untilTime: number }

export function personsFloors({ events }: Story): PersonsFloor[] {
  const floors: PersonsFloor[] = []
  let open: PersonsFloor | null = null
  for (const event of events) {
    const owner = ownerAfter(event)
    if (owner === 'human' && !open) {
      open = { fromSeq: event.seq, fromTime: event.at, untilSeq: Infinity, untilTime: Infinity }
      floors.push(open)
    }
    if (owner === 'ai' && open) {
      open.untilSeq = event.seq
      open.untilTime = event.at
      open = null
    }
  }
  return floors
}

/** A claim gives it to a person even when the status event is missing; only a change of status gives it back. */
function ownerAfter({ type, data }: Story['events'][number]): 'ai' | 'human' | null {
  if (type === 'handoff-claimed') return 'human'
  if (type === 'handed-back' || type === 'conversation-closed') return 'ai'
  if (type !== 'status-changed' || typeof data !== 'object' || data === null) return null
  const owner = 'controlled_by' in data ? data.controlled_by : null
  return owner === 'ai' || owner === 'human' ? owner : null
}

export const heldAtSeq = (floors: PersonsFloor[], seq: number): PersonsFloor | undefined =>
  floors.find((floor) => seq > floor.fromSeq && seq < floor.untilSeq)

/** Strictly inside: what shares the millisecond of a change may have come before it. */
export const heldAtTime = (floors: PersonsFloor[], time: number): PersonsFloor | undefined =>
  floors.find((floor) => time > floor.fromTime && time < floor.untilTime)
