// What the prompt of an answer is made of, read from the store.
import type { Kysely } from 'kysely'
import type { Fact } from '../domain/memory.ts'
import type { DeskRules } from './kernel.ts'
import type { ConversationRow, MessageRow, StepRow, Tables, TurnRow } from './tables.ts'

export type PromptMaterial = {
  desk: string
  customerId: string
  guest: boolean
  channel: string
  locale: string
  timeZone: string
  summary: string | null
  summaryThrough: number
  facts: Fact[]
  handBackNote: string | null
  messages: MessageRow[]
  turn: Pick<TurnRow, 'number' | 'started_at' | 'specialist'>
  steps: Pick<StepRow, 'kind' | 'tool' | 'call_id' | 'outcome' | 'content'>[]
}

export type AnswerMaterial = Omit<PromptMaterial, 'turn' | 'steps'> & {
  turn: TurnRow
  steps: StepRow[]
  /** Tools with a settled write in this conversation: what an AI text may claim as done. */
  settled: string[]
}

export const knownOf = (row: ConversationRow) => ({
  desk: row.desk,
  customerId: row.customer_id,
  guest: row.guest,
  channel: row.channel,
  locale: row.locale,
  timeZone: row.time_zone,
  summary: row.summary,
  summaryThrough: row.summary_through,
  facts: row.facts,
  handBackNote: row.hand_back_note,
})

/** Oldest first, notes left out, as many as a prompt may need. `waiting`: also those that no turn has claimed. */
export async function messagesFor(
  db: Kysely<Tables>,
  { row, desk, waiting }: { row: ConversationRow; desk: DeskRules; waiting: boolean },
): Promise<MessageRow[]> {
  const all = db.selectFrom('messages').selectAll().where('conversation_id', '=', row.id).where('role', '!=', 'note')
  const some = waiting
    ? all
    : all.where((where) => where.or([where('status', 'is', null), where('status', '!=', 'accepted')]))
  const newest = await some
    .orderBy('seq', 'desc')
    .limit(3 * desk.policy.memory.summariseAfter)
    .execute()
  return newest.toReversed()
}
