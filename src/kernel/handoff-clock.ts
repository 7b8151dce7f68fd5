// The time of a live handoff: whatever changes its state, or whether the customer waits, sets the next deadline here.
import { WITH_PEOPLE } from '../domain/conversation.ts'
import type { Updateable } from 'kysely'
import { deadlineOf, isLive, nextStep } from '../domain/handoff.ts'
import type { Scope } from './conversation-row.ts'
import type { HandoffRow, Tables } from './tables.ts'

/** True while a message of the customer waits for a person, or the word they were promised was never said. */
export async function customerWaits(
  { trx, row }: Scope,
  handoff: Pick<HandoffRow, 'promised_at' | 'answered_at'>,
): Promise<boolean> {
  if (handoff.promised_at !== null && handoff.answered_at === null) return true
  const found = await trx
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', row.id)
    .where('status', 'in', [...WITH_PEOPLE])
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export type Clock = Pick<HandoffRow, 'state' | 'priority' | 'missed'> & {
  /** The customer waits for a person (`customerWaits`). */
  waiting: boolean
  /** The deadline is never earlier than this: a time that the customer was told. */
  notBefore?: Date | null
}

/** Columns of a handoff that is now in this state, with its deadline counted from now. */
export function clockOf(
  scope: Scope,
  { state, priority, missed, waiting, notBefore }: Clock,
): Pick<HandoffRow, 'state' | 'priority' | 'missed' | 'next_step' | 'deadline_at'> {
  if (!isLive(state)) throw new Error(`A handoff that is ${state} has no deadline.`)
  const standing = { state, priority, missed, waiting }
  const due = deadlineOf(standing, scope.desk.policy.people, scope.now.getTime())
  const deadline = standing.waiting ? Math.max(due, notBefore?.getTime() ?? 0) : due
  return { state, priority, missed, next_step: nextStep(standing), deadline_at: new Date(deadline) }
}

export const changeHandoff = (
  { trx }: Scope,
  id: string,
  changes: Updateable<Tables['handoffs']>,
): Promise<HandoffRow> =>
  trx.updateTable('handoffs').set(changes).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
