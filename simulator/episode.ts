// One episode: a random interleaving, then faults end and time runs on until nothing waits for anybody, or too long.
import { ACTIONS, type ActionName, mixOf, type Step } from './actions.ts'
import { brokenAtTheEnd, stillOpen } from './invariants/at-the-end.ts'
import { liveHandoff } from './invariants/mirror.ts'
import { pick, randomFrom } from './random.ts'
import type { Store } from './store/store.ts'
import { send } from './world/clients.ts'
import { claim, giveBack, reply, rule } from './world/people.ts'
import { relayLooks } from './world/relay.ts'
import { World } from './world/world.ts'
import { advance } from './world/workflow.ts'

export type Played = { violations: string[]; story: string[]; steps: number }

/** The interleaving that a seed stands for. */
export function stepsOf(seed: number): Step[] {
  const random = randomFrom(seed ^ 0x5bd1e995)
  const mix = mixOf(random)
  const length = 15 + Math.floor(random() * 75)
  const steps = Array.from({ length }, (): Step => [pick<ActionName>(mix, random()) ?? 'pump', random()])
  // Every story begins with somebody writing.
  return [['post', 0], ['pump', 0], ['pump', 0], ...steps]
}

/** Plays an interleaving; the seed decides everything else by chance, such as what the model says. */
export async function play(store: Store, seed: number, steps: readonly Step[]): Promise<Played> {
  const world = new World(store, seed)
  for (const [name, at] of steps) {
    await ACTIONS[name](world, at)
    if (world.summoned) await ACTIONS.claim(world, at)
    world.summoned = false
  }
  await heal(world)
  const { acknowledged, backEnd } = world
  for (const what of brokenAtTheEnd(world.mirror, { applied: backEnd.applied, acknowledged })) world.broken(what)
  return { violations: [...world.violations], story: world.story, steps: steps.length }
}

/** Longest healing, in turns of its loop. */
const MOST_TURNS = 160

async function heal(world: World): Promise<void> {
  world.say('-- faults end')
  world.faults = false
  world.ambush = null
  world.backEnd.loseNext = false
  world.nextFate = 'commit'
  world.engine.up = true
  world.engine.forgetCopy()
  // In some episodes nobody comes to their desk for long: claimed or not, every deadline passes.
  const silence = world.random() < 0.3 ? 64 : 0
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await everybodyGoesOn(world)
    // Who is frozen sleeps on for a while, and wakes into a world that has gone on without it.
    for (const actor of world.actors.all) if (actor.frozen && world.random() < 0.04) world.wake(actor)
    if (turn % 2 === 0) await relayLooks(world)
    const idle = world.actors.all.length === 0 && [...world.engine.runs.values()].every(({ phase }) => phase === 'idle')
    if (idle && world.unheard.length === 0 && stillOpen(world.mirror).length === 0) return
    // Time jumps once nobody has anything to do now; a step at a time, people come back to their desks.
    await world.pass(turn % 4 === 3 ? 10_000 : 1000)
    for (const { customer, id } of world.unheard) await send(world, customer, id)
    if (turn % 8 === 6 && turn >= silence) await peopleWork(world, turn)
  }
}

async function everybodyGoesOn(world: World): Promise<void> {
  for (let rounds = 0; rounds < 40; rounds += 1) {
    for (const run of world.engine.runs.values()) {
      advance(world.engine, run, world.time)
      for (const task of run.tasks) await world.startAttempt(run, task)
    }
    const { awake } = world.actors
    if (awake.length === 0) return
    for (const actor of awake) if (actor.go !== null) await world.actors.step(actor)
  }
}

/** Somebody takes what is offered, rules on what is unknown, and answers or hands back. */
async function peopleWork(world: World, turn: number): Promise<void> {
  for (const of of world.conversations()) {
    const handoff = liveHandoff(of)
    const unknown = [...of.effects.values()].some(({ state }) => state === 'unknown')
    // Not always first of all: until then it stays unknown.
    if (unknown && world.random() < 0.5) await rule(world, of, 0)
    if (!handoff) continue
    if (handoff['state'] === 'offered' || handoff['state'] === 'seen') await claim(world, of, 0)
    else for (const agent of [0, 0.6]) await (turn % 16 === 6 ? reply(world, of, agent) : giveBack(world, of, agent))
  }
}
