// What an operator asked for in the Temporal Web UI or CLI, carried out like any person's command: once, by its id [H6].
import { Refusal } from '../domain/errors.ts'
import type { Actor } from '../kernel/actor.ts'
import { escalate } from '../kernel/escalate.ts'
import { handBack } from '../kernel/hand-back.ts'
import { takeOver } from '../kernel/take-over.ts'
import type { ActivityDeps } from './deps.ts'
import type { OperatorCommand } from './types.ts'

export async function operatorCommand(
  deps: ActivityDeps,
  input: OperatorCommand,
): Promise<{ outcome: string; floor: number }> {
  const { conversationId, id } = input
  const actor: Actor = { id: 'operator', name: 'Operator', role: 'operator' }
  let outcome = 'done'
  try {
    await carryOut()
  } catch (error) {
    // A wish the store refuses (somebody else has it) is an answer, not a failure to be tried again.
    if (!(error instanceof Refusal)) throw error
    outcome = error.code
  }
  const row = await deps.kernel.db
    .selectFrom('conversations')
    .select('floor')
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return { outcome, floor: row?.floor ?? 0 }

  function carryOut(): Promise<unknown> {
    switch (input.kind) {
      case 'escalate':
        return escalate(deps.kernel, { conversationId, reason: input.reason, actor, commandId: id })
      case 'takeOver':
        return takeOver(deps.kernel, {
          conversationId,
          agent: { id: input.agentId, name: input.agentId, role: 'agent' },
          command: { actor, id },
        })
      case 'handBack':
        return handBack(deps.kernel, { conversationId, actor, commandId: id })
    }
  }
}
