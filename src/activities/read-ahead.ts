// The reads that a routing rule named, made before the first model call of the turn.
import type { Prefetch } from '../domain/routing.ts'
import type { ReadBefore } from '../kernel/record-read-ahead.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { executeRead } from './execute-read.ts'

const WITHIN = 1000

type ReadsAhead = { conversationId: string; desk: string; customerId: string; guest: boolean; reads: Prefetch[] }

/** Resolves within a second, and never rejects: what fails is offered to the model as a tool. */
export function readAhead(deps: ActivityDeps, request: ReadsAhead): Promise<ReadBefore[]> {
  const { conversationId, desk, customerId, guest, reads } = request
  return Promise.all(reads.map((read) => readBefore(deps, { conversationId, desk, customerId, guest, read })))
}

async function readBefore(
  deps: ActivityDeps,
  request: { conversationId: string; desk: string; customerId: string; guest: boolean; read: Prefetch },
): Promise<ReadBefore> {
  const { read, desk, ...whom } = request
  try {
    const working = workingDesk(deps, desk)
    const signal = AbortSignal.timeout(WITHIN)
    return { read, result: await executeRead(deps, { ...whom, working, tool: read.tool, input: read.input, signal }) }
  } catch (error) {
    const { conversationId: conversation } = request
    deps.logger.info({ conversation, tool: read.tool, err: error }, 'prefetch gave up; the model may ask itself')
    return { read, result: { outcome: 'failed', data: null } }
  }
}
