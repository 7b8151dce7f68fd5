// Runs one read of a desk for the customer the conversation belongs to.
import { isPublic, type ToolContext } from '../desks/types.ts'
import { SIGN_IN_FIRST } from '../domain/guests.ts'
import type { JsonObject } from '../domain/json.ts'
import type { ToolOutcome } from '../kernel/record-tool-result.ts'
import type { ActivityDeps, WorkingDesk } from './deps.ts'
import { keepable } from './keepable.ts'

/** All that a tool's context is made of besides the request. */
type ToolDeps = Pick<ActivityDeps, 'kernel'>

export type ReadRequest = {
  working: WorkingDesk
  conversationId: string
  customerId: string
  /** Somebody without an account: public tools only. */
  guest: boolean
  tool: string
  input: JsonObject
  signal: AbortSignal
}

/** Throws what the system's client throws; a tool that is not a read of this desk is the caller's fault. */
export async function executeRead(deps: ToolDeps, request: ReadRequest): Promise<ToolOutcome> {
  const tool = request.working.tools.get(request.tool)
  if (tool?.effect !== 'read') throw new Error(`${request.tool} is not a read of the desk ${request.working.desk.name}`)
  if (request.guest && !isPublic(tool)) return { outcome: 'refused', data: SIGN_IN_FIRST }
  const input: unknown = tool.input.parse(request.input)
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(tool.timeout)])
  // A client that ignores the signal must not hold the step: whoever comes first decides.
  return keepable(await Promise.race([tool.execute(input, toolContext(deps, request, signal)), aborted(signal)]))
}

export function toolContext(
  deps: ToolDeps,
  request: { working: WorkingDesk; conversationId: string; customerId: string; key?: string; approval?: string | null },
  signal: AbortSignal,
): ToolContext<unknown> {
  return {
    tenant: deps.kernel.tenant,
    desk: request.working.desk.name,
    customerId: request.customerId,
    conversationId: request.conversationId,
    systems: request.working.systems,
    key: request.key ?? '',
    approval: request.approval ?? null,
    signal,
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    if (signal.aborted) give()
    else signal.addEventListener('abort', give, { once: true })
  })
