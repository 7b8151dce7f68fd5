// A person takes a conversation nobody offered: the handoff is offered and claimed in one transaction.
import type { Actor } from './actor.ts'
import { claimUnderLock } from './claim-handoff.ts'
import { type Carried, carryOut } from './commands.ts'
import type { Scope } from './conversation-row.ts'
import { type HandoffView, handoffView } from './handoff-view.ts'
import type { Kernel } from './kernel.ts'
import { liveHandoff, offerHandoff } from './pass-floor.ts'
import type { HandoffRow } from './tables.ts'

export type TakeOver = {
  conversationId: string
  /** Who has the conversation afterwards. */
  agent: Actor
  /** Who says so, when it is not the agent: an operator, with `<runId>/<ordinal>` as id. */
  command?: { actor: Actor; id: string } | undefined
}

/** What a takeover leads to; `floor` is the one it raised. */
export type TakenOver = { handoff: HandoffView; floor: number }

/** Null when there is no such conversation. Throws Refusal `already_claimed` when somebody else has it. */
export async function takeOver(kernel: Kernel, request: TakeOver): Promise<Carried<TakenOver> | null> {
  const command = {
    actor: request.command?.actor ?? request.agent,
    id: request.command?.id,
    kind: 'take_over',
    request: { agent: request.agent.id },
  }
  return carryOut(kernel, request.conversationId, command, async (scope) => {
    const handoff = await takeOverUnderLock(scope, request.agent, command.actor)
    return { handoff: handoffView(handoff), floor: scope.row.floor }
  })
}

/** Claims the live handoff, or one offered for the purpose; a closed conversation opens again. */
export async function takeOverUnderLock(scope: Scope, agent: Actor, by: Actor = agent): Promise<HandoffRow> {
  const handoff =
    (await liveHandoff(scope)) ??
    (await offerHandoff(scope, {
      reason: 'taken_over',
      text: null,
      turnState: 'abandoned',
      messageStatus: 'handed_off',
    }))
  const claimed = await claimUnderLock(scope, handoff, agent, by)
  scope.change({ closed_at: null })
  return claimed
}
