// What may happen next in an episode. An episode is a list of these names, each with a number that chooses among whom.
import { pick, type Random } from './random.ts'
import type { Actor } from './world/actors.ts'
import { close, intrude, send } from './world/clients.ts'
import { decide } from './world/approvers.ts'
import { takeEarly } from './world/early.ts'
import { claim, closeByAgent, giveBack, release, reply, rule, see, transfer } from './world/people.ts'
import { relayLooks } from './world/relay.ts'
import type { Customer, World } from './world/world.ts'
import { advance } from './world/workflow.ts'

export type Step = [name: ActionName, at: number]
type Action = (world: World, at: number) => Promise<void> | void

const MOST_MESSAGES = 4

/** Mostly the first customer: two conversations at once are there to be mixed up, not to halve the chances of each. */
const customerAt = (world: World, at: number): Customer => world.customers[at < 0.8 ? 0 : 1] as Customer
const conversationAt = (world: World, at: number) => pick(world.conversations(), at)

/** Mostly whoever is at a write: there a fault tells the most. */
function victim(world: World, at: number): Actor | undefined {
  const writing = world.attempts.filter(({ actor }) => /^(runWrite|settleEffect)/.test(actor.name))
  return (at < 0.7 && pick(writing, at / 0.7)?.actor) || pick(world.attempts, at)?.actor
}

async function pump(world: World, at: number): Promise<void> {
  for (const run of world.engine.runs.values()) {
    advance(world.engine, run, world.time)
    for (const task of run.tasks) await world.startAttempt(run, task)
  }
  const actor = pick(world.actors.awake, at)
  if (actor) await world.actors.step(actor)
}

export const ACTIONS = {
  post(world, at) {
    const customer = customerAt(world, at)
    if (customer.sent >= MOST_MESSAGES) return
    customer.sent += 1
    return send(world, customer, `${customer.id}-m${customer.conversation === null ? 1 : customer.sent}`)
  },
  again(world, at) {
    const told = pick(world.acknowledged, at)
    const customer = world.customers.find(({ id }) => told?.id.startsWith(`${id}-`))
    if (told && customer) return send(world, customer, told.id)
  },
  /** The other customer tries a conversation that is not theirs. */
  intrude(world, at) {
    const [first, second] = world.customers
    if (first?.conversation && second && at < 0.5) return intrude(world, second, first.conversation)
  },
  pump,
  async run(world, at) {
    for (let times = 0; times < 6; times += 1) await pump(world, (at * 7 + times * 0.37) % 1)
  },
  async tick(world, at) {
    await world.pass(at < 0.7 ? 1000 : at < 0.93 ? 7000 : 45_000)
  },
  kill(world, at) {
    const actor = (at < 0.5 && victim(world, at * 2)) || pick(world.actors.all, at)
    if (actor) world.kill(actor)
  },
  freeze(world, at) {
    const actor = victim(world, at)
    if (!actor) return
    world.freeze(actor)
  },
  ambush(world, at) {
    world.ambush = pick(['sent', 'again', 'happened'] as const, at) ?? null
    // Only a request that got lost is worth sending again.
    world.backEnd.loseNext = world.ambush === 'again'
  },
  wake(world, at) {
    const actor = pick(
      world.actors.all.filter(({ frozen }) => frozen),
      at,
    )
    if (actor) world.wake(actor)
  },
  connection(world, at) {
    world.nextFate = at < 0.6 ? 'lost_after' : 'lost_before'
  },
  early: withConversation(takeEarly),
  relay: relayLooks,
  lose: (world) => world.engine.lose(),
  terminate(world, at) {
    const of = conversationAt(world, at)
    if (of) world.engine.terminate(of.id)
  },
  copy: (world) => world.engine.takeCopy(),
  restore: (world) => world.engine.putCopyBack(),
  down: (world) => void (world.engine.up = false),
  up: (world) => void (world.engine.up = true),
  operator(world, at) {
    const of = conversationAt(world, at)
    const kinds = [
      { kind: 'escalate', reason: 'operator' },
      { kind: 'takeOver', agentId: 'anna' },
      { kind: 'handBack' },
    ] as const
    const wanted = pick(kinds, (at * 10) % 1)
    if (of && wanted) world.engine.signal(of.id, wanted)
  },
  repeat: async (world, at) => void (await pick(world.commands, at)?.send()),
  claim: withConversation(claim),
  release: withConversation(release),
  see: withConversation(see),
  transfer: withConversation(transfer),
  reply: withConversation(reply),
  back: withConversation(giveBack),
  close: (world, at) =>
    at < 0.5 ? close(world, customerAt(world, at * 2)) : withConversation(closeByAgent)(world, at),
  rule: withConversation(rule),
  decide: withConversation(decide),
} satisfies Record<string, Action>

export type ActionName = keyof typeof ACTIONS

function withConversation(
  action: (world: World, of: NonNullable<ReturnType<typeof conversationAt>>, at: number) => Promise<void>,
): Action {
  return (world, at) => {
    const of = conversationAt(world, at)
    // The rest of the number chooses again: the same one would tie the agent to the conversation.
    return of ? action(world, of, (at * 31) % 1) : undefined
  }
}

const FAULTS: ActionName[] = [
  'lose',
  'terminate',
  'copy',
  'restore',
  'down',
  'up',
  'connection',
  'connection',
  'kill',
  'kill',
  'freeze',
  'freeze',
  'freeze',
  'wake',
  'ambush',
  'ambush',
  'ambush',
  'ambush',
]
const PEOPLE: ActionName[] = [
  'operator',
  'release',
  'see',
  'transfer',
  'rule',
  'decide',
  'decide',
  'decide',
  'claim',
  'claim',
  'reply',
  'back',
  'back',
  'close',
  'repeat',
  'intrude',
]
const CUSTOMERS: ActionName[] = ['post', 'post', 'early', 'early', 'again', 'close']
const WORK: ActionName[] = [
  ...Array<ActionName>(10).fill('run'),
  ...Array<ActionName>(16).fill('pump'),
  ...Array<ActionName>(5).fill('tick'),
  'relay',
]

/** What an episode draws its steps from: some of everything that can happen, so that what it has happens often in it. */
export function mixOf(random: Random): ActionName[] {
  const some = (names: ActionName[], share: number) => names.filter(() => random() < share)
  return [...some(FAULTS, 0.5), ...some(PEOPLE, 0.5), 'post', ...some(CUSTOMERS, 0.6), ...WORK]
}
