// A stored tool call with what is needed to run it. A plain read: nothing is decided here.
import type { Kernel } from './kernel.ts'
import { callsOf, type StoredCall } from './stored-call.ts'

export type LoadedCall = {
  desk: string
  customerId: string
  call: StoredCall
  /** Outcome of an earlier run, if there was one. */
  outcome: string | null
}

export async function loadCall(
  kernel: Kernel,
  request: { conversationId: string; turn: number; call: string },
): Promise<LoadedCall | null> {
  const conversation = await kernel.db
    .selectFrom('conversations')
    .select(['desk', 'customer_id'])
    .where('id', '=', request.conversationId)
    .executeTakeFirst()
  const steps = await kernel.db
    .selectFrom('steps')
    .selectAll()
    .where('conversation_id', '=', request.conversationId)
    .where('turn', '=', request.turn)
    .where('key', 'in', [`model/${request.call.split('-')[0]}`, `tool/${request.call}`])
    .execute()
  const model = steps.find((step) => step.kind === 'model')
  const call = model && callsOf(model).find((stored) => stored.id === request.call)
  if (!conversation || !call) return null
  const done = steps.find((step) => step.kind === 'tool')
  return { desk: conversation.desk, customerId: conversation.customer_id, call, outcome: done?.outcome ?? null }
}
