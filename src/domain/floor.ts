// Who may speak is a number and an owner on the conversation row (rule 5).
import type { ControlledBy, TurnState } from './conversation.ts'

export type Floor = { floor: number; controlledBy: ControlledBy }

/** An AI text may be committed only while its turn is open, on the floor it began on, and the AI has it. */
export function mayCommitReply(turn: { state: TurnState; floor: number }, now: Floor): boolean {
  return turn.state === 'open' && turn.floor === now.floor && now.controlledBy === 'ai'
}

/** A write moves to `sent` on the turn's word only under the same condition; approvals and handoffs carry their own. */
export function maySend(
  authority: 'turn' | 'approval' | 'handoff',
  turn: { state: TurnState; floor: number } | null,
  now: Floor,
): boolean {
  return authority !== 'turn' || (turn !== null && mayCommitReply(turn, now))
}
