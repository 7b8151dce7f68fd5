// Invented results for the tests of scoring and reporting.
import type { RowResult } from '../../evals/row-result.ts'

/** An answered row of intent order, routed right by rules; `changes` makes it another. */
export function resultOf(changes: Partial<RowResult> = {}): RowResult {
  return {
    id: 'A-1',
    intent: 'order',
    also_accept: [],
    outcome: 'answered',
    conversation_id: 'conv_1',
    route: { intent: 'order', specialist: 'order', by: 'rules', confidence: 1 },
    handed_off: false,
    tools: [],
    writes: [],
    doubled: [],
    latency_ms: 100,
    cost_usd: 0.5,
    ...changes,
  }
}

/** A route that a model decided. */
export const byModel = (intent: string) => ({ intent, specialist: null, by: 'model' as const, confidence: 0.8 })
