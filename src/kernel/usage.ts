// What a model call cost, beside the step it paid for, and on the conversation's bill [S3].
import { addMoney } from '../domain/money.ts'
import type { Scope } from './conversation-row.ts'

export type Usage = {
  model: string
  purpose: 'classify' | 'answer' | 'summary'
  inputTokens: number
  outputTokens: number
  /** US dollars. */
  costUsd: number
  /** Of the instructions that the model was given; without it they are no specialist's. */
  promptVersion?: string
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
      prompt_version: usage.promptVersion ?? null,
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'turn', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!inserted) return
  if (usage.purpose === 'answer') scope.paidModel = usage.model
  scope.change({ cost_usd: addMoney(row.cost_usd, cost) })
}
