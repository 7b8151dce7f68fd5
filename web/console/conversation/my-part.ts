// What the person at this page may do in a conversation.
import type { Handoff, Workspace } from '../../shared/desk-types.ts'

export type MyPart = {
  /** The handoff that is open, if any. */
  handoff: Handoff | null
  /** `mine`, somebody `other`'s, `waiting` for a person, or the `ai`'s; `closed` for nobody. */
  floor: 'mine' | 'other' | 'waiting' | 'ai' | 'closed'
}

const OPEN = new Set(['offered', 'seen', 'claimed', 'answered'])

export function myPart({ conversation, handoffs }: Workspace, me: string): MyPart {
  const handoff = handoffs.findLast(({ state }) => OPEN.has(state)) ?? null
  if (conversation.status === 'closed') return { handoff: null, floor: 'closed' }
  if (conversation.controlled_by === 'ai') return { handoff, floor: 'ai' }
  if (!handoff?.claimed_by) return { handoff, floor: 'waiting' }
  return { handoff, floor: handoff.claimed_by.id === me ? 'mine' : 'other' }
}
