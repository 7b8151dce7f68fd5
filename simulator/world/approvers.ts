// Colleagues who decide on approvals: some agree, some refuse, some edit, and some decide on what they did not see.
import { decideApproval } from '../../src/kernel/decide-approval.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import type { MirroredConversation } from '../invariants/mirror.ts'
import { pick } from '../random.ts'
import { command } from './clients.ts'
import type { World } from './world.ts'

const PEOPLE = [
  { id: 'anna', name: 'anna', role: 'agent' },
  { id: 'ben', name: 'ben', role: 'agent' },
  { id: 'cleo', name: 'cleo', role: 'supervisor' },
] as const

export async function decide(world: World, of: MirroredConversation, at: number): Promise<void> {
  const open = [...of.approvals.values()].filter(({ state }) => state === 'pending' || state === 'approved')
  const approval = pick(open, (at * 13) % 1)
  const person = pick(PEOPLE, (at * 7) % 1)
  if (!approval || !person) return
  const what = pick(['approve', 'approve', 'approve', 'refuse', 'edit', 'another digest'] as const, at)
  const right = String(approval['digest'])
  const wrong = what === 'another digest'
  const before = JSON.parse(String(approval['arguments'])) as JsonObject
  await command(world, `${person.id} decides: ${what}`, async (commandId) => {
    const { outcome } = await decideApproval(world.kernel, {
      approvalId: String(approval['id']),
      person,
      decision: what === 'refuse' ? 'refuse' : 'approve',
      digest: wrong ? `${right}-not` : right,
      ...(what === 'edit' ? { arguments: { ...before, amount: 3 } } : {}),
      by: 'api',
      commandId,
    })
    if (wrong) world.broken('decision on another digest counted')
    return { outcome, conversation: of.id }
  })
}
