// Brings one effect to its end: send, send again where the back end deduplicates, or look. Every rule of it is in domain/effects.
import type { WriteTool } from '../desks/types.ts'
import { isEnded, lookUpConcludes, nextSend } from '../domain/effects.ts'
import { OutsideError } from '../domain/errors.ts'
import { deskRules } from '../kernel/kernel.ts'
import { beginSend, endEffect, type Sending } from '../kernel/move-effect.ts'
import type { ToolOutcome } from '../kernel/record-tool-result.ts'
import type { EffectRow } from '../kernel/tables.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { toolContext } from './execute-read.ts'
import { keepable } from './keepable.ts'

type EffectRef = { conversationId: string; effect: string }

export async function driveEffect(deps: ActivityDeps, ref: EffectRef): Promise<{ outcome: string }> {
  const sending = await beginSend(deps.kernel, { ...ref, deduplicates: (row) => deduplicates(deps, row) })
  if (!sending || sending.stale) return { outcome: 'stale' }
  const { effect } = sending
  if (isEnded(effect.state)) return { outcome: effect.state }
  const working = workingDesk(deps, sending.desk)
  const tool = working.tools.get(effect.tool)
  if (tool?.effect !== 'write') throw new Error(`${effect.tool} is not a write of the desk ${sending.desk}`)

  const { sendLease } = deskRules(deps.kernel, sending.desk).policy.effects
  const allowedAt = effect.allowed_at?.getTime() ?? 0
  const what = nextSend({
    movedByThisAttempt: sending.moved,
    allowedAt,
    now: deps.kernel.now().getTime(),
    sendLease,
    deduplicates: tool.deduplicates,
    floorMoved: sending.floorMoved,
  })
  if (what === 'too_late') throw new OutsideError('EffectError.LeaseOver', effect.tool, 'the lease to send is over')
  const result = await perform(deps, sending, tool, what)
  if (result) return end(deps, ref, effect, result)

  const concluded = lookUpConcludes(false, deps.kernel.now().getTime(), allowedAt, sendLease)
  if (concluded === 'look_again') throw new OutsideError('EffectError.LookAgain', effect.tool, 'no trace of it yet')
  return end(deps, ref, effect, { outcome: 'unknown', data: { error: 'outcome_unknown' } })
}

function deduplicates(deps: ActivityDeps, { desk, tool: name }: EffectRow): boolean {
  const tool = workingDesk(deps, desk).tools.get(name)
  return tool?.effect === 'write' && tool.deduplicates
}

/** null: a look-up found no trace. */
async function perform(
  deps: ActivityDeps,
  { effect, desk, customerId }: Sending,
  tool: WriteTool<unknown, unknown>,
  what: 'send' | 'look_up',
): Promise<ToolOutcome | null> {
  // Not the activity's cancellation: a write that began is seen through.
  const signal = AbortSignal.timeout(tool.timeout)
  const request = {
    working: workingDesk(deps, desk),
    conversationId: effect.conversation_id,
    customerId,
    key: effect.key,
    approval: effect.approval_id,
  }
  const context = toolContext(deps, request, signal)
  const input: unknown = tool.input.parse(effect.arguments)
  if (what === 'look_up') {
    const found = await tool.lookUp(input, context)
    return found && keepable(found)
  }
  try {
    return keepable(await tool.execute(input, context))
  } catch (error) {
    // The back end understood and declined: trying the same again would be declined again.
    if (error instanceof OutsideError && error.type === 'BackendError.Refused') {
      return { outcome: 'refused', data: { error: 'declined_by_system' } }
    }
    throw error
  }
}

async function end(
  deps: ActivityDeps,
  ref: EffectRef,
  effect: EffectRow,
  result: ToolOutcome,
): Promise<{ outcome: string }> {
  const state = result.outcome === 'ok' ? 'settled' : result.outcome === 'unknown' ? 'unknown' : 'refused'
  const { desk } = workingDesk(deps, effect.desk)
  const ticketId = state === 'settled' && effect.handoff_id ? desk.ticket.ticketId(result.data) : null
  const ended = await endEffect(deps.kernel, { ...ref, state, result, ticketId })
  return { outcome: ended?.state ?? 'stale' }
}
