// The reads that a routing rule named, made while Temporal carries the turn from takeNext to its first model call. They live in
// this process: takes another worker the call, or this one dies, the model is offered the same reads as tools.
import type { Prefetch } from '../domain/routing.ts'
import type { ReadBefore } from '../kernel/record-read-ahead.ts'
import type { TakenNext } from '../kernel/take-next.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { executeRead } from './execute-read.ts'
import type { TurnRef } from './types.ts'

const WITHIN = 1000
/** Attempts of the call come again within this time; whoever comes later asks the tools. */
const KEPT_FOR = 30_000

export type ReadAhead = {
  begin: (ref: TurnRef, wanted: NonNullable<TakenNext['prefetch']>) => void
  /** Resolves within a second, and never rejects. Empty when nothing was begun here. */
  results: (ref: TurnRef) => Promise<ReadBefore[]>
}

export function createReadAhead(deps: ActivityDeps): ReadAhead {
  const begun = new Map<string, Promise<ReadBefore[]>>()
  const keyOf = ({ conversationId, turn }: TurnRef) => `${conversationId}/${turn}`
  return {
    begin(ref, { customer, reads }) {
      const key = keyOf(ref)
      const made = reads.map((read) => readBefore(deps, { conversationId: ref.conversationId, ...customer, read }))
      begun.set(key, Promise.all(made))
      setTimeout(() => begun.delete(key), KEPT_FOR).unref()
    },
    results: async (ref) => (await begun.get(keyOf(ref))) ?? [],
  }
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
