// What a model call cost, beside the step it paid for, and on the conversation's bill [S3].
import { sql } from 'kysely'
import type { Scope } from './conversation-row.ts'

export type Usage = {
  model: string
  purpose: 'classify' | 'answer' | 'summary'
  inputTokens: number
  outputTokens: number
  /** US dollars. */
  costUsd: number
}

/** Paid twice for the same step is recorded once: the key is the step's. */
export async function recordUsage(scope: Scope, turn: number, key: string, usage: Usage): Promise<void> {
  const { row, trx, now, kernel } = scope
  const cost = usage.costUsd.toFixed(9)
  const inserted = await trx
    .insertInto('usage')
    .values({
      tenant_id: kernel.tenant,
      conversation_id: row.id,
      turn,
      key,
      model: usage.model,
      purpose: usage.purpose,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cost_usd: cost,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'turn', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!inserted) return
  if (usage.purpose === 'answer') scope.paidModel = usage.model
  const bill = await trx
    .updateTable('conversations')
    .set({ cost_usd: sql<string>`cost_usd + ${cost}::numeric` })
    .where('id', '=', row.id)
    .returning('cost_usd')
    .executeTakeFirst()
  if (bill) row.cost_usd = bill.cost_usd
}
