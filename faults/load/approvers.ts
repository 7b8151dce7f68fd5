// The people who decide: they read what waits for consent and approve, refuse, err, change their minds, race each other, or leave it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Decision } from '../history.ts'
import type { ConversationPlan } from '../plan/load-plan.ts'
import type { Clients, Person } from './clients.ts'
import { insist } from './insist.ts'

export interface ApproversOptions {
  clients: Clients
  agents: readonly Person[]
  /** Two at least: some writes are decided on by two of them at once. */
  supervisors: readonly Person[]
  planOf: (conversation: string) => ConversationPlan | undefined
  /** The run is over, however it ended. */
  over: AbortSignal
}

export type Approvers = ReturnType<typeof startApprovers>

interface Approval {
  id: string
  conversation_id: string
  tool: string
  arguments: Record<string, unknown>
  digest: string
  needed: { role: 'agent' | 'supervisor'; people: number }
}
/** Somebody with the role that they decide in. */
type Approver = { person: Person; role: Decision['role'] }

/** They work until `stop`, which resolves when everything they began is done. */
export function startApprovers({ clients, agents, supervisors, planOf, over }: ApproversOptions) {
  const stopped = new AbortController()
  const ended = AbortSignal.any([stopped.signal, over])
  const seen = new Set<string>()
  const busy: Promise<void>[] = []
  let keys = 0

  const pick = (people: readonly Person[], role: Decision['role'], index: number): Approver => {
    const person = people[index % people.length]
    if (!person) throw new Error(`there is no ${role}`)
    return { person, role }
  }
  const agent = (index: number) => pick(agents, 'agent', index)
  const supervisor = (index: number) => pick(supervisors, 'supervisor', index)

  const decide = ({ person, role }: Approver, approval: Approval, decision: Decision['decision'], digest?: string) => {
    const key = `decide-${(keys += 1)}`
    const said = {
      key,
      approval: approval.id,
      decision,
      role,
      digest: digest ?? approval.digest,
      seen: { digest: approval.digest, tool: approval.tool, arguments: approval.arguments },
    }
    return insist((attempt) => clients.decide(person, keys + attempt, approval.conversation_id, said), over)
  }
  /** As few as it needs, the one with the role last. */
  const neededFor = ({ needed }: Approval, index: number): Approver[] => {
    const last = needed.role === 'supervisor' ? supervisor(index) : agent(index)
    return needed.people > 1 ? [agent(index), last] : [last]
  }

  const work = async (approval: Approval, index: number): Promise<void> => {
    const plan = planOf(approval.conversation_id)?.approvers ?? 'approve'
    const people = neededFor(approval, index)
    const [first] = people
    if (plan === 'nobody decides' || !first) return
    await sleep(300 + (index % 7) * 200)
    if (plan === 'refuse') return void (await decide(people.at(-1) ?? first, approval, 'refuse'))
    if (plan === 'two at once') {
      const [one, other] = [supervisor(index), supervisor(index + 1)]
      return void (await Promise.all([decide(one, approval, 'approve'), decide(other, approval, 'refuse')]))
    }
    if (plan === 'wrong digest first') {
      await decide(first, approval, 'approve', `${approval.digest.slice(1)}${approval.digest.slice(0, 1)}`)
    }
    // Alone, an agent may not: the supervisor then does.
    if (plan === 'approve' && approval.needed.role === 'supervisor' && people.length === 1) {
      await decide(agent(index), approval, 'approve')
    }
    for (const person of people) {
      await decide(person, approval, 'approve')
      if (plan === 'change of mind') await decide(person, approval, 'refuse')
      await sleep(200)
    }
  }
  const look = async (round: number): Promise<void> => {
    const { person } = agent(round)
    const waiting = await clients.listAll<Approval>(person, round, '/approvals?state=pending&limit=100')
    for (const approval of waiting ?? []) {
      if (seen.has(approval.id)) continue
      seen.add(approval.id)
      busy.push(work(approval, seen.size))
    }
  }
  const running = (async () => {
    for (let round = 1; !ended.aborted; round += 1) {
      await look(round)
      await sleep(1000, undefined, { signal: ended }).catch(() => undefined)
    }
  })()

  return {
    async stop(): Promise<void> {
      stopped.abort()
      await running
      // The customers may be done before anybody has looked; what they left waiting is decided all the same.
      if (!over.aborted) await look(0)
      await Promise.all(busy)
    },
  }
}
