import { mayCommitReply } from '../domain/floor.ts'
import type { Scope } from './conversation-row.ts'
import type { TurnRow } from './tables.ts'

/** The turn, if the AI may still speak and act in it: open, on its floor, and no person has the conversation (rule 5). */
export async function openTurnOf(scope: Scope, number: number): Promise<TurnRow | null> {
  const turn = await turnOf(scope, number)
  const now = { floor: scope.row.floor, controlledBy: scope.row.controlled_by }
  return turn && mayCommitReply(turn, now) ? turn : null
}

/** The turn with this number, whatever became of it. */
export async function turnOf(scope: Scope, number: number): Promise<TurnRow | null> {
  const turn = await scope.trx
    .selectFrom('turns')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where('number', '=', number)
    .executeTakeFirst()
  if (turn) scope.turn = turn
  return turn ?? null
}
