// What was read before the first model call, because a rule named it: recorded by the transaction that begins the call.
import type { Prefetch } from '../domain/routing.ts'
import type { Scope } from './conversation-row.ts'
import { stepRow, type ToolOutcome } from './record-tool-result.ts'
import type { StepRow } from './tables.ts'

export type ReadBefore = { read: Prefetch; result: ToolOutcome }

/** Part of the story the customer sees, like any other tool. For a turn that has no steps yet. */
export async function recordReadAhead(scope: Scope, turn: number, reads: ReadBefore[]): Promise<StepRow[]> {
  const steps = reads.map(({ read, result }, ordinal) => {
    const call = `prefetch-${ordinal}`
    const { tool, input } = read
    const about = { turn, call_id: call, tool }
    scope.emit('tool-started', `${turn}/${call}`, about)
    scope.emit('tool-finished', `${turn}/${call}`, { ...about, outcome: result.outcome })
    const more = { input, ...(read.answers ? { answers: true } : {}) }
    return stepRow(scope, { turn, call, tool, ordinal, kind: 'prefetch' }, result, more)
  })
  return scope.trx.insertInto('steps').values(steps).returningAll().execute()
}
