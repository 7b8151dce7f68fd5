// The people of the company: they claim what is offered, race each other, answer, release, hand back, close, take over, and rule on
// writes whose outcome is unknown after a look into the back ends.
import { setTimeout as sleep } from 'node:timers/promises'
import type { SandboxControl } from '../../stack/sandbox-control.ts'
import { isPart } from '../checker/writes.ts'
import type { ConversationPlan, PersonPlan } from '../plan/load-plan.ts'
import type { Clients, Person } from './clients.ts'
import type { Reply } from './http.ts'
import { insist } from './insist.ts'

export interface AgentsOptions {
  clients: Clients
  agents: readonly Person[]
  sandbox: SandboxControl
  planOf: (conversation: string) => ConversationPlan | undefined
  /** The run is over, however it ended. */
  over: AbortSignal
}

export type Agents = ReturnType<typeof startAgents>

interface Handoff {
  id: string
  conversation_id: string
}
interface Effect {
  id: string
  key: string
  conversation_id: string
}

/** A conversation that comes back to people this often stays with them. */
const MOST_ROUNDS = 4

/** They work until `stop`, which resolves when everything they began is done. */
export function startAgents({ clients, agents, sandbox, planOf, over }: AgentsOptions) {
  const stopped = new AbortController()
  const ended = AbortSignal.any([stopped.signal, over])
  const busy = new Map<string, Promise<void>>()
  const rounds = new Map<string, number>()
  let keys = 0

  const agentAt = (index: number): Person => {
    const agent = agents[index % agents.length]
    if (!agent) throw new Error('there are no agents')
    return agent
  }
  type Act = Omit<Parameters<Clients['act']>[2], 'key'>
  const carryOut = (agent: Person, act: Act, key = `${act.kind}-${(keys += 1)}`): Promise<Reply> =>
    insist((attempt) => clients.act(agent, keys + attempt, { ...act, key }), over)
  const worked = ({ status }: Reply): boolean => status !== null && status < 300

  const claim = async (agent: Person, { id, conversation_id: conversation }: Handoff) =>
    worked(await carryOut(agent, { kind: 'claim', conversation, path: `/handoffs/${id}/claim` }))
  const reply = (agent: Person, conversation: string, takeOver: boolean) => {
    const key = `reply-${(keys += 1)}`
    const text = `A colleague here (${key}). I have looked at this for you.`
    const body = { id: key, text, ...(takeOver ? { take_over: true } : {}) }
    const kind = takeOver ? 'take_over' : 'reply'
    return carryOut(agent, { kind, conversation, path: `/conversations/${conversation}/replies`, body, text }, key)
  }
  const handBack = (agent: Person, conversation: string) =>
    carryOut(agent, {
      kind: 'hand_back',
      conversation,
      path: `/conversations/${conversation}/hand-back`,
      body: { note: 'Please go on.' },
    })
  const close = (agent: Person, conversation: string) =>
    carryOut(agent, { kind: 'close', conversation, path: `/conversations/${conversation}/close` })

  /** What the claiming agent does with it. */
  const finish = async (agent: Person, conversation: string, person: PersonPlan): Promise<void> => {
    await sleep(300 + (keys % 7) * 150)
    if (person === 'hand back') return void (await handBack(agent, conversation))
    await reply(agent, conversation, false)
    if (person === 'answer and hand back') await handBack(agent, conversation)
    if (person === 'answer and close') await close(agent, conversation)
  }
  const personPlan = (conversation: string): PersonPlan => {
    const round = (rounds.get(conversation) ?? 0) + 1
    rounds.set(conversation, round)
    if (round > MOST_ROUNDS) return 'keep'
    // What was handed back unanswered comes back for the same reason: the second time it is answered.
    return round > 1 ? 'answer and hand back' : (planOf(conversation)?.person ?? 'answer and hand back')
  }
  const work = async (handoff: Handoff): Promise<void> => {
    const { id, conversation_id: conversation } = handoff
    const [first, second] = [agentAt(keys), agentAt(keys + 1)]
    const person = personPlan(conversation)
    // Two want it; one of them gets it.
    const [mine, theirs] = await Promise.all([claim(first, handoff), keys % 3 === 0 ? claim(second, handoff) : false])
    const owner = mine ? first : theirs ? second : null
    if (!owner) return
    if (person !== 'release first') return finish(owner, conversation, person)
    await sleep(300)
    await carryOut(owner, { kind: 'release', conversation, path: `/handoffs/${id}/release` })
  }
  const begin = (key: string, job: () => Promise<void>): void => {
    if (busy.has(key)) return
    busy.set(
      key,
      job().finally(() => busy.delete(key)),
    )
  }

  const rule = async (supervisor: Person, effect: Effect): Promise<void> => {
    // A refund that was only opened, and never paid, did not happen.
    const happened = (await sandbox.ledger()).some(
      (row) => (row.idempotency_key === effect.key || row.reference === effect.key) && !isPart(row.operation),
    )
    const body = { outcome: happened ? 'happened' : 'did_not_happen', note: 'Looked it up in the back end.' }
    await carryOut(supervisor, {
      kind: 'rule',
      conversation: effect.conversation_id,
      path: `/effects/${effect.id}/ruling`,
      body,
    })
  }
  const look = async (round: number): Promise<void> => {
    const offered = await clients.list<Handoff>(agentAt(round), round, '/handoffs?state=offered&limit=100')
    for (const handoff of offered ?? []) begin(handoff.conversation_id, () => work(handoff))
    if (round % 4 !== 0) return
    const unknown = await clients.list<Effect>(agentAt(round), round, '/effects?state=unknown&limit=100')
    for (const effect of unknown ?? []) begin(effect.id, () => rule(agentAt(round), effect))
  }
  const running = (async () => {
    for (let round = 1; !ended.aborted; round += 1) {
      await look(round)
      await sleep(1000, undefined, { signal: ended }).catch(() => undefined)
    }
  })()

  return {
    /** Somebody takes the conversation over in the middle of whatever goes on, and deals with it. */
    takeOver(conversation: string): void {
      begin(conversation, async () => {
        const agent = agentAt(keys)
        if (worked(await reply(agent, conversation, true))) await finish(agent, conversation, personPlan(conversation))
      })
    },
    async stop(): Promise<void> {
      stopped.abort()
      await running
      await Promise.all(busy.values())
    },
  }
}
