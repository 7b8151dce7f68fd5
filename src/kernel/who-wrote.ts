// What stood behind the AI's words: what is praised or blamed when a customer says what they think.
import type { Scope } from './conversation-row.ts'

export type Wrote = {
  intent: string | null
  specialist: string | null
  model: string | null
  prompt_version: string | null
  policy_version: string | null
}
/** A person did, or code. */
export const NOBODY_WROTE: Wrote = {
  intent: null,
  specialist: null,
  model: null,
  prompt_version: null,
  policy_version: null,
}

export async function wroteTurn({ trx, row }: Scope, turn: number): Promise<Wrote> {
  const answered = await trx
    .selectFrom('turns')
    .select(['intent', 'specialist', 'policy_version'])
    .where('conversation_id', '=', row.id)
    .where('number', '=', turn)
    .executeTakeFirst()
  if (!answered) return NOBODY_WROTE
  const paid = await trx
    .selectFrom('usage')
    .select(['model', 'prompt_version'])
    .where('conversation_id', '=', row.id)
    .where('turn', '=', turn)
    .where('purpose', '=', 'answer')
    .orderBy('created_at', 'desc')
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { ...answered, model: paid?.model ?? null, prompt_version: paid?.prompt_version ?? null }
}

/** What stood behind the last turn that the AI answered. */
export async function wroteLast(scope: Scope): Promise<Wrote> {
  const { trx, row } = scope
  const last = await trx
    .selectFrom('turns')
    .select('number')
    .where('conversation_id', '=', row.id)
    .where('state', '=', 'done')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? wroteTurn(scope, last.number) : NOBODY_WROTE
}
