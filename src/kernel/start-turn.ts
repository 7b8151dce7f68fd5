// The row of a turn, the same whatever causes it: on the floor of the moment, with its deadline, under the policy of the day.
import type { Scope } from './conversation-row.ts'
import { newId } from './ids.ts'
import type { TurnRow } from './tables.ts'

export type TurnCause =
  | { cause: 'messages'; messageIds: string[] }
  /** Nothing is asked, so nothing is routed: it stays with the intent of the conversation. */
  | { cause: 'approval'; approvalId: string }

/** Opens the conversation's next turn and tells of it. */
export async function startTurn(scope: Scope, of: TurnCause): Promise<TurnRow> {
  const { trx, row, now, kernel, desk } = scope
  const number = row.last_turn + 1
  const turn = await trx
    .insertInto('turns')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      conversation_id: row.id,
      number,
      cause: of.cause,
      floor: row.floor,
      reply_message_id: newId('msg', now),
      started_at: now,
      deadline_at: new Date(now.getTime() + desk.policy.turn.deadline),
      alive_at: now,
      policy_version: desk.policy.version,
      ...(of.cause === 'approval' ? { approval_id: of.approvalId, intent: row.intent, routed_by: 'rules' } : {}),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  scope.turn = turn
  scope.change({ open_turn: number, last_turn: number, status: 'open', quiet_at: null, quiet_stage: null })
  const messageIds = of.cause === 'messages' ? of.messageIds : []
  scope.emit('turn-started', String(number), { turn: number, message_ids: messageIds })
  return turn
}
