import { Context } from '@temporalio/activity'
import { loadCall } from '../kernel/load-call.ts'
import { recordToolResult } from '../kernel/record-tool-result.ts'
import { whileAlive } from './alive.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { executeRead } from './execute-read.ts'
import type { TurnRef } from './types.ts'

/** One read the model asked for. Its first recorded result counts; a repeated attempt returns that. */
export async function runRead(deps: ActivityDeps, input: TurnRef & { call: string }): Promise<{ outcome: string }> {
  const loaded = await loadCall(deps.kernel, input)
  if (!loaded) return { outcome: 'stale' }
  if (loaded.outcome) return { outcome: loaded.outcome }
  const { call } = loaded
  const result = await whileAlive(deps, input, () =>
    executeRead(deps, {
      working: workingDesk(deps, loaded.desk),
      conversationId: input.conversationId,
      customerId: loaded.customerId,
      guest: loaded.guest,
      tool: call.tool,
      input: call.input,
      signal: Context.current().cancellationSignal,
    }),
  )
  const { conversationId, turn } = input
  const step = { turn, call: call.id, tool: call.tool, ordinal: call.ordinal, kind: 'tool' as const }
  return recordToolResult(deps.kernel, { conversationId, ...step, result })
}
