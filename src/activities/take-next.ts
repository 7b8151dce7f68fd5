// Asks the store what is next, and makes the reads a routing rule named: within a second, failing open.
import { takeNext as takeNextInStore, type Next } from '../kernel/take-next.ts'
import { recordToolResult } from '../kernel/record-tool-result.ts'
import type { Prefetch } from '../domain/routing.ts'
import { type ActivityDeps, workingDesk } from './deps.ts'
import { executeRead } from './execute-read.ts'

const PREFETCH_TIME = 1000

export async function takeNext(deps: ActivityDeps, input: { conversationId: string; events: number }): Promise<Next> {
  const taken = await takeNextInStore(deps.kernel, input)
  // A run without a conversation (erased, or another database): there is nothing to do for it.
  if (!taken) return { kind: 'done', standing: GONE }
  const { prefetch } = taken
  if (prefetch && prefetch.reads.length > 0) {
    await Promise.all(
      prefetch.reads.map((read, index) => prefetchOne(deps, { ...input, turn: prefetch.turn, index, read })),
    )
  }
  return taken.next
}

const GONE = { status: 'closed', by: 'ai', floor: 0, intent: null, priority: 'normal', cost: '0' } as const

async function prefetchOne(
  deps: ActivityDeps,
  { conversationId, turn, index, read }: { conversationId: string; turn: number; index: number; read: Prefetch },
): Promise<void> {
  const step = {
    conversationId,
    turn,
    call: `prefetch-${index}`,
    tool: read.tool,
    ordinal: index,
    kind: 'prefetch' as const,
  }
  try {
    const conversation = await deps.kernel.db
      .selectFrom('conversations')
      .select(['desk', 'customer_id'])
      .where('id', '=', conversationId)
      .executeTakeFirstOrThrow()
    const result = await executeRead(deps, {
      working: workingDesk(deps, conversation.desk),
      conversationId,
      customerId: conversation.customer_id,
      tool: read.tool,
      input: read.input,
      signal: AbortSignal.timeout(PREFETCH_TIME),
    })
    await recordToolResult(deps.kernel, { ...step, input: read.input, result })
  } catch (error) {
    deps.logger.info(
      { conversation: conversationId, tool: read.tool, err: error },
      'prefetch gave up; the model may ask itself',
    )
    await recordToolResult(deps.kernel, { ...step, input: read.input, result: { outcome: 'failed', data: null } })
  }
}
