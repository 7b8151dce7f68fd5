import { type Kysely, sql } from 'kysely'
import type { Tables } from '../src/kernel/tables.ts'

/** Ids of customer messages that more than one message of the AI answers, or that stand in two conversations. */
export async function doubledAnswers(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select answered as id from messages, jsonb_array_elements_text(in_reply_to) as answered
    where role = 'ai' group by answered having count(*) > 1
    union
    select id from messages where role = 'customer' group by id having count(*) > 1`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
