// A stored tool call with what is needed to run it. A plain read: nothing is decided here.
import type { Kernel } from './kernel.ts'
import { callsOf, type StoredCall } from './stored-call.ts'

export type LoadedCall = {
  desk: string
  customerId: string
  guest: boolean
  call: StoredCall
  /** Outcome of an earlier run, if there was one. */
  outcome: string | null
}

export async function loadCall(
  kernel: Kernel,
  request: { conversationId: string; turn: number; call: string },
): Promise<LoadedCall | null> {
  const steps = await kernel.db
    .selectFrom('steps')
    .innerJoin('conversations', 'conversations.id', 'steps.conversation_id')
    .select(['steps.kind', 'steps.outcome', 'steps.content'])
    .select(['conversations.desk', 'conversations.customer_id', 'conversations.guest'])
    .where('steps.conversation_id', '=', request.conversationId)
    .where('steps.turn', '=', request.turn)
    .where('steps.key', 'in', [`model/${request.call.split('-')[0]}`, `tool/${request.call}`])
    .execute()
  const model = steps.find((step) => step.kind === 'model')
  const call = model && callsOf(model).find((stored) => stored.id === request.call)
  if (!call) return null
  const done = steps.find((step) => step.kind === 'tool')
  const { desk, customer_id: customerId, guest } = model
  return { desk, customerId, guest, call, outcome: done?.outcome ?? null }
}
