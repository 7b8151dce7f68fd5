// Agents at their console: they claim, release, take over, answer, hand back, close, and rule on unknown writes.
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { seePerson } from '../../src/kernel/people.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { releaseHandoff } from '../../src/kernel/release-handoff.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { ruleOnEffect } from '../../src/kernel/rule-on-effect.ts'
import { seeHandoff } from '../../src/kernel/see-handoff.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { transferHandoff } from '../../src/kernel/transfer-handoff.ts'
import { liveHandoff, type MirroredConversation } from '../invariants/mirror.ts'
import { command } from './clients.ts'
import type { World } from './world.ts'

const AGENTS = ['anna', 'ben'].map((id) => ({ id, name: id, role: 'agent' as const }))
type Agent = { id: string; name: string; role: 'agent' }
const agentAt = (at: number): Agent => AGENTS[Math.floor(at * AGENTS.length)] as Agent

const handoffOf = (of: MirroredConversation): string | null => {
  const handoff = liveHandoff(of)
  return handoff ? String(handoff['id']) : null
}

export async function claim(world: World, of: MirroredConversation, at: number): Promise<void> {
  const agent = agentAt(at)
  const handoffId = handoffOf(of)
  await (handoffId === null
    ? command(world, `${agent.id} takes over`, async (id) => {
        // The id makes it repeatable: the same command again returns what it led to.
        const carried = await takeOver(world.kernel, { conversationId: of.id, agent, command: { actor: agent, id } })
        return { outcome: carried?.outcome, conversation: of.id }
      })
    : command(world, `${agent.id} claims`, async (commandId) => {
        const { outcome } = await claimHandoff(world.kernel, { handoffId, agent, commandId })
        return { outcome, conversation: of.id }
      }))
}

export async function release(world: World, of: MirroredConversation, at: number): Promise<void> {
  const agent = agentAt(at)
  const handoffId = handoffOf(of)
  if (handoffId === null) return
  await command(world, `${agent.id} releases`, async (commandId) => {
    const { outcome } = await releaseHandoff(world.kernel, { handoffId, agent, commandId })
    return { outcome, conversation: of.id }
  })
}

/** Opens an offered conversation, and maybe never claims it. */
export async function see(world: World, of: MirroredConversation, at: number): Promise<void> {
  const agent = agentAt(at)
  const handoffId = handoffOf(of)
  if (handoffId === null) return
  await command(world, `${agent.id} opens it`, async (commandId) => {
    const { outcome } = await seeHandoff(world.kernel, { handoffId, agent, commandId })
    return { outcome, conversation: of.id }
  })
}

/** To a colleague, or to a team. */
export async function transfer(world: World, of: MirroredConversation, at: number): Promise<void> {
  const [agent, other] = at < 0.5 ? AGENTS : AGENTS.toReversed()
  const handoffId = handoffOf(of)
  if (handoffId === null || !agent || !other) return
  await command(world, `${agent.id} transfers`, async (commandId) => {
    await seePerson(world.kernel, other)
    const to = (at * 10) % 1 < 0.3 ? { team: 'billing' } : { agent_id: other.id }
    const { outcome } = await transferHandoff(world.kernel, { handoffId, agent, to, commandId })
    return { outcome, conversation: of.id }
  })
}

export async function reply(world: World, of: MirroredConversation, at: number): Promise<void> {
  const agent = agentAt(at)
  const takeOver = (at * 10) % 1 < 0.2
  const lastSeenSeq = (at * 100) % 1 < 0.3 ? of.lastSeq : undefined
  await command(world, `${agent.id} answers`, async (commandId) => {
    const message = { text: 'A person answers.' }
    const { outcome } = await replyAsPerson(world.kernel, {
      conversationId: of.id,
      agent,
      message,
      takeOver,
      lastSeenSeq,
      commandId,
    })
    return { outcome, conversation: of.id }
  })
}

export async function giveBack(world: World, of: MirroredConversation, at: number): Promise<void> {
  const actor = agentAt(at)
  await command(world, `${actor.id} hands back`, async (commandId) => {
    const { outcome } = await handBack(world.kernel, { conversationId: of.id, actor, commandId })
    return { outcome: outcome.floor, conversation: of.id }
  })
}

export async function closeByAgent(world: World, of: MirroredConversation, at: number): Promise<void> {
  const actor = agentAt(at)
  await command(world, `${actor.id} closes`, async (commandId) => {
    const { outcome } = await closeByCommand(world.kernel, { conversationId: of.id, actor, commandId })
    return { outcome: outcome.id, conversation: of.id }
  })
}

/** Rules on a write nobody could prove, after looking into the system by hand. */
export async function rule(world: World, of: MirroredConversation, at: number): Promise<void> {
  const unknown = [...of.effects.values()].find(({ state }) => state === 'unknown')
  if (!unknown) return
  const person = agentAt(at)
  const outcome = world.backEnd.happened(String(unknown['key'])) ? 'happened' : 'did_not_happen'
  await command(world, `${person.id} rules: ${outcome}`, async (commandId) => {
    const ruled = await ruleOnEffect(world.kernel, {
      effectId: String(unknown['id']),
      person,
      outcome,
      note: '',
      commandId,
    })
    return { outcome: ruled.outcome, conversation: of.id }
  })
}
