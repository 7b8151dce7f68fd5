// One write the model asked for: authorized by reads, intended in the ledger, then driven to its end (rule 10).
import { Context } from '@temporalio/activity'
import type { WriteTool } from '../desks/types.ts'
import { SIGN_IN_FIRST } from '../domain/guests.ts'
import { loadCall, type LoadedCall } from '../kernel/load-call.ts'
import { approvedEffect, findEffect, intendEffect } from '../kernel/move-effect.ts'
import { recordToolResult, repeatToolResult, type ToolOutcome } from '../kernel/record-tool-result.ts'
import type { EffectRow } from '../kernel/tables.ts'
import { whileAlive } from './alive.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { driveEffect } from './drive-effect.ts'
import { toolContext } from './execute-read.ts'
import type { TurnRef } from './types.ts'

export async function runWrite(deps: ActivityDeps, input: TurnRef & { call: string }): Promise<{ outcome: string }> {
  const loaded = await loadCall(deps.kernel, input)
  if (!loaded) return { outcome: 'stale' }
  if (loaded.outcome) return { outcome: loaded.outcome }
  const working = workingDesk(deps, loaded.desk)
  const tool = working.tools.get(loaded.call.tool)
  if (tool?.effect !== 'write') throw new Error(`${loaded.call.tool} is not a write of the desk ${loaded.desk}`)
  return whileAlive(deps, input, async () => {
    const begun = await intend(deps, input, loaded, tool)
    if (!('id' in begun)) return begun
    const ended = await driveEffect(deps, { ...input, effect: begun.id })
    const first = begun.call_id
    if (first !== null && first !== loaded.call.id)
      await repeatToolResult(deps.kernel, { ...stepOf(input, loaded), first })
    return ended
  })
}

/** An effect that exists was authorized before: asking again after it happened would only meet its own traces. */
async function intend(
  deps: ActivityDeps,
  input: TurnRef,
  loaded: LoadedCall,
  tool: WriteTool<unknown, unknown>,
): Promise<EffectRow | { outcome: string }> {
  const { conversationId, turn } = input
  const { call, desk, customerId } = loaded
  if (call.approval !== undefined) return approvedEffect(deps.kernel, call.approval)
  const existing = await findEffect(deps.kernel, { conversationId, turn, tool: tool.name, input: call.input })
  if (existing) return existing

  const record = (result: ToolOutcome) => recordToolResult(deps.kernel, { ...stepOf(input, loaded), result })
  if (loaded.guest) return record({ outcome: 'refused', data: SIGN_IN_FIRST })
  const context = { working: workingDesk(deps, desk), conversationId, customerId }
  const signal = AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(tool.timeout)])
  const parsed: unknown = tool.input.parse(call.input)
  const authorization = await tool.authorize(parsed, toolContext(deps, context, signal))
  if (authorization.decision === 'refuse') return record({ outcome: 'refused', data: authorization.data })
  const canonical = authorization.input ?? call.input
  const intended = await intendEffect(deps.kernel, {
    conversationId,
    turn,
    call: call.id,
    tool: tool.name,
    input: call.input,
    canonical,
    facts: authorization.facts ?? {},
    businessKey: tool.businessKey?.(parsed) ?? null,
    repeatable: tool.repeatable ?? false,
    toolAsks: authorization.decision === 'needs_approval',
  })
  switch (intended.kind) {
    case 'effect':
      return intended.effect
    case 'stale':
      return { outcome: 'stale' }
    case 'waits':
      return { outcome: 'needs_approval' }
    case 'busy':
      return record({
        outcome: 'refused',
        data: { error: 'in_progress', advice: 'The same change is under way elsewhere.' },
      })
  }
}

const stepOf = ({ conversationId, turn }: TurnRef, { call }: LoadedCall) => ({
  conversationId,
  turn,
  call: call.id,
  tool: call.tool,
  ordinal: call.ordinal,
  kind: 'tool' as const,
})
