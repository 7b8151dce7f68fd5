// What was read before the first model call, because a rule named it: recorded by the transaction that begins the call.
import type { JsonObject } from '../domain/json.ts'
import type { Prefetch } from '../domain/routing.ts'
import type { PromptMaterial } from './answer-material.ts'
import type { Scope } from './conversation-row.ts'
import { stepRow, type ToolOutcome } from './record-tool-result.ts'
import type { StepRow } from './tables.ts'

export type ReadBefore = { read: Prefetch; result: ToolOutcome }

/** Part of the story the customer sees, like any other tool. For a turn that has no steps yet. */
export async function recordReadAhead(scope: Scope, turn: number, reads: ReadBefore[]): Promise<StepRow[]> {
  const steps = reads.map(({ read, result }, ordinal) => {
    const call = callOf(ordinal)
    const { tool } = read
    const about = { turn, call_id: call, tool }
    scope.emit('tool-started', `${turn}/${call}`, about)
    scope.emit('tool-finished', `${turn}/${call}`, { ...about, outcome: result.outcome })
    return stepRow(scope, { turn, call, tool, ordinal, kind: 'prefetch' }, result, moreOf(read))
  })
  return scope.trx.insertInto('steps').values(steps).returningAll().execute()
}

/** The same steps for a prompt, before they are stored. */
export const stepsAhead = (reads: ReadBefore[]): PromptMaterial['steps'] =>
  reads.map(({ read, result: { outcome, data } }, ordinal) => ({
    kind: 'prefetch',
    tool: read.tool,
    call_id: callOf(ordinal),
    outcome,
    content: { data, ...moreOf(read) },
  }))

const callOf = (ordinal: number): string => `prefetch-${ordinal}`
const moreOf = ({ input, answers }: Prefetch): JsonObject => ({ input, ...(answers ? { answers } : {}) })
