// Everything of one episode: the product's kernel on the simulated store, the engine, back ends, people, and time.
import type { Activities } from '../../src/activities/types.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { turnAlive } from '../../src/kernel/turn-alive.ts'
import { brokenByCommit } from '../invariants/at-commit.ts'
import { inconsistent } from '../invariants/at-rest.ts'
import { Mirror, type MirroredConversation } from '../invariants/mirror.ts'
import { type Random, randomFrom } from '../random.ts'
import { restartIds } from '../seeded-ids.ts'
import type { Change } from '../store/journal.ts'
import type { Store } from '../store/store.ts'
import { attempt, bindActivities } from './activities.ts'
import { type Actor, actorNow, Actors, pause } from './actors.ts'
import { BackEnd, type WriteRequest } from './back-end.ts'
import { DESK_RULES, POLICY } from './desk.ts'
import { Engine, type Run, type Task } from './engine.ts'
import { createModel } from './model.ts'
import { mostAttempts } from './retries.ts'

const BEGIN = Date.parse('2026-11-21T08:00:00Z')
const SIGN_OF_LIFE = 5000
const ORDERS = ['1', 'shared']

type Ambush = 'sent' | 'again' | 'happened'
/** How much longer than usual a system takes to show what it did. */
const SLOW = 60_000

/** An attempt at work: whom it reports to, and when it last gave a sign of life. */
export type Attempt = {
  actor: Actor
  of: { conversation: string; run: number; task: number; attempt: number }
  turn: number | null
  alive: number
  /** Time of its latest commit. */
  committed: number
}
/** A customer and the conversation they are in, once they know it. */
export type Customer = { id: string; conversation: string | null; sent: number; start: string }
export type Acknowledged = { id: string; conversation: string; seq: number }

export class World {
  readonly actors = new Actors()
  readonly mirror = new Mirror()
  readonly engine: Engine
  readonly backEnd: BackEnd
  readonly kernel: Kernel
  readonly activities: Activities
  readonly customers: Customer[]
  /** What was found broken, each once. */
  readonly violations = new Set<string>()
  readonly story: string[] = []
  readonly random: Random
  attempts: Attempt[] = []
  /** Who moved each write to `sent`, by its key. */
  private readonly movers = new Map<string, number>()
  /** The commit, counted, that last allowed each write to be sent, and that last moved the floor of each conversation. */
  private readonly allowed = new Map<string, number>()
  private readonly floorMoved = new Map<string, number>()
  private commits = 0
  acknowledged: Acknowledged[] = []
  /** Ids of messages whose sender never heard back, and may send again. */
  unheard: { customer: Customer; id: string }[] = []
  commands: { name: string; outcome: string | null; send: () => Promise<unknown> }[] = []
  time = BEGIN
  faults = true
  /** Whoever comes to this point next falls asleep there: allowed to send, allowed to send once more, or after it happened. */
  ambush: Ambush | null = null
  /** Somebody takes the conversation over right now. */
  summoned = false
  /** What becomes of the next transaction of an actor. */
  nextFate: 'commit' | 'lost_before' | 'lost_after' = 'commit'
  private readonly store: Store

  constructor(store: Store, seed: number) {
    this.store = store
    this.random = randomFrom(seed)
    restartIds(seed)
    store.reset()
    this.customers = ['cust_1', 'cust_2'].map((id) => ({ id, conversation: null, sent: 0, start: `${id}-m1` }))
    this.engine = new Engine((line) => this.say(line))
    this.kernel = {
      db: store.db,
      tenant: 'default',
      desks: new Map([[DESK_RULES.name, DESK_RULES]]),
      bus: { publish: () => undefined, subscribe: () => Promise.resolve(() => undefined) },
      now: () => new Date(this.time),
      publicUrl: 'http://simulated',
      observe: () => undefined,
      notifies: true,
      links: { secret: 'simulated', approvers: [] },
      sentimentOf: () => 'neutral',
    }
    const shared = { random: this.random, faults: () => this.faults }
    this.backEnd = new BackEnd({
      ...shared,
      now: () => this.time,
      watch: (request, again) => this.watchWrite(request, again),
    })
    const model = createModel({
      ...shared,
      orders: ORDERS,
      asked: ({ messages }) => this.watchPrompt(JSON.stringify(messages)),
    })
    this.activities = bindActivities(this.kernel, model, this.backEnd)
    Object.assign(store.events, {
      now: () => new Date(this.time),
      pause: (where: 'before' | 'after') => {
        if (where === 'after') this.springAgain()
        return pause()
      },
      fate: () => this.takeFate(),
      committed: (changes: readonly Change[]) => this.watchCommit(changes),
      unlocked: (table: string) => this.broken(`${table} written without the conversation's lock`),
    })
  }

  say(line: string): void {
    this.story.push(`${((this.time - BEGIN) / 1000).toFixed(1).padStart(6)} ${line}`)
  }

  broken(what: string): void {
    if (this.violations.has(what)) return
    this.violations.add(what)
    this.say(`!! ${what}`)
  }

  conversations(): MirroredConversation[] {
    return [...this.mirror.conversations.values()]
  }

  /** Starts what the engine would start: an attempt of a task nobody works on. */
  async startAttempt(run: Run, task: Task): Promise<void> {
    if (!this.engine.up || task.ended || this.attempts.some((one) => isOf(one, run, task) && !one.actor.zombie)) return
    if (task.attempts >= mostAttempts(task.name)) {
      task.ended = { failed: null }
      return
    }
    task.attempts += 1
    const of = { conversation: run.conversation, run: run.id, task: task.id, attempt: task.attempts }
    const { name, input } = task
    const turn = typeof input['turn'] === 'number' && name !== 'failTurn' ? input['turn'] : null
    const actor = await this.actors.start(`${name} #${task.attempts}`, async (self) => {
      const mine: Attempt = { actor: self, of, turn, alive: this.time, committed: this.time }
      this.attempts.push(mine)
      // A worker polls: the task is not begun in the moment it was scheduled.
      await pause()
      const outcome = await attempt(this.activities, name, input)
      this.attempts = this.attempts.filter((one) => one.actor !== self)
      if ('ok' in outcome) {
        this.watchProof(self)
        if (name === 'takeNext') this.watchNext(outcome.ok, mine.committed)
        this.say(
          `${self.name} -> ${JSON.stringify(outcome.ok)}${this.engine.report(of, outcome) ? '' : ' (nobody waits for it)'}`,
        )
        return
      }
      this.say(`${self.name} fails: ${outcome.failed}`)
      if (outcome.failed === 'InternalError') this.broken(`${name} threw an internal error`)
      if (outcome.forGood) this.engine.report(of, outcome)
    })
    if (actor.over) this.attempts = this.attempts.filter((one) => one.actor !== actor)
  }

  freeze(actor: Actor): void {
    actor.zombie = true
    actor.frozen = true
    this.say(`freeze ${actor.name}`)
  }

  wake(actor: Actor): void {
    actor.frozen = false
    this.say(`${actor.name} wakes up`)
  }

  kill(actor: Actor): void {
    this.say(`kill ${actor.name}`)
    this.actors.kill(actor)
    this.attempts = this.attempts.filter((one) => one.actor !== actor)
  }

  /** Time goes on; whoever is at work on a turn gives a sign of life, as the product's whileAlive does. */
  async pass(milliseconds: number): Promise<void> {
    this.time += milliseconds
    for (const one of this.attempts) {
      if (one.turn === null || one.actor.zombie || this.time - one.alive < SIGN_OF_LIFE) continue
      one.alive = this.time
      await turnAlive(this.kernel, { conversationId: one.of.conversation, turn: one.turn })
    }
  }

  private takeFate(): 'commit' | 'lost_before' | 'lost_after' {
    if (!actorNow() || this.nextFate === 'commit') return 'commit'
    const fate = this.nextFate
    this.nextFate = 'commit'
    this.say(`the store's connection breaks (${fate})`)
    return fate
  }

  private watchCommit(changes: readonly Change[]): void {
    if (changes.length === 0) return
    for (const what of brokenByCommit(this.mirror, changes, {
      happened: (key) => this.backEnd.happened(key),
      now: this.time,
    }))
      this.broken(what)
    this.mirror.apply(changes)
    this.commits += 1
    for (const change of changes) this.notePermission(change)
    if (
      changes.some(
        ({ table, old, row }) => table === 'effects' && old?.['state'] === 'intended' && row['state'] === 'sent',
      )
    ) {
      const actor = actorNow()
      for (const { table, old, row } of changes) {
        if (table === 'effects' && old?.['state'] === 'intended' && row['state'] === 'sent' && actor)
          this.movers.set(String(row['key']), actor.id)
      }
      this.spring('sent')
    }
    for (const what of inconsistent(this.mirror, changes, this.time)) this.broken(what)
    const actor = actorNow()
    const mine = actor && this.attempts.find((one) => one.actor === actor)
    if (mine) mine.committed = this.time
  }

  private notePermission({ table, conversation, old, row }: Change): void {
    if (table === 'conversations' && old && old['floor'] !== row['floor'])
      this.floorMoved.set(conversation, this.commits)
    if (table !== 'effects' || !old || row['state'] !== 'sent') return
    // takeNext pushes the next try of a write that is sent already; whoever is allowed to send leaves it.
    if (old['state'] === 'sent' && old['next_try_at'] !== row['next_try_at']) return
    this.allowed.set(String(row['key']), this.commits)
  }

  private spring(trap: Ambush): void {
    const actor = actorNow()
    if (this.ambush !== trap || !actor) return
    this.ambush = null
    this.freeze(actor)
    // The worse for it, the system is slow to show what it did.
    const last = this.backEnd.applied.at(-1)
    if (trap === 'happened' && last) last.shows += SLOW
    if (trap === 'again') this.summoned = true
  }

  /** An attempt at a write that is already `sent` has just looked at the ledger. */
  private springAgain(): void {
    const mine = this.attempts.find(({ actor }) => actor === actorNow())
    if (this.ambush !== 'again' || !mine || !/^(runWrite|settleEffect)/.test(mine.actor.name)) return
    const effects = this.mirror.of(mine.of.conversation)?.effects.values() ?? []
    if ([...effects].some(({ state, key }) => state === 'sent' && this.movers.get(String(key)) !== mine.actor.id))
      this.spring('again')
  }

  private watchNext(next: unknown, committed: number): void {
    const { kind, wakeAt, deadline } = next as { kind: string; wakeAt?: number | null; deadline?: number }
    if (kind === 'turn' && Number(deadline) < committed) this.broken('turn handed out past its deadline')
    if (kind === 'idle' && typeof wakeAt === 'number' && wakeAt < committed)
      this.broken('idle with a wake_at in the past')
  }

  /** What a back end said it did stands in the ledger when the attempt that heard it reports. */
  private watchProof(actor: Actor): void {
    const key = this.backEnd.proofs.get(actor.id)
    if (key === undefined) return
    const effects = this.conversations().flatMap((of) => [...of.effects.values()])
    const row = effects.find((effect) => effect['key'] === key)
    if (row?.['state'] !== 'settled') this.broken('proof of a write not recorded')
  }

  private watchWrite({ key, tool, conversation, customer, deduplicates }: WriteRequest, again: boolean): void {
    this.spring('happened')
    this.say(`${tool} happens (${key.slice(-40)})`)
    const of = this.mirror.of(conversation)
    const row = [...(of?.effects.values() ?? [])].find((effect) => effect['key'] === key)
    if (!of || of.row['customer_id'] !== customer) this.broken('write for another customer')
    if (!row || row['state'] === 'intended') this.broken('effect before the ledger says sent')
    if (again && !deduplicates) this.broken('sent again to a back end that does not deduplicate')
    const ended = row?.['state'] === 'refused' || row?.['state'] === 'unknown'
    if (ended) this.broken('effect after the ledger gave it up')
    if (!again || !row || row['authority'] !== 'turn') return
    // Allowed before the person came, it may still arrive, but only while that permission lasts.
    const allowed = this.allowed.get(key) ?? 0
    if (allowed < (this.floorMoved.get(conversation) ?? 0)) {
      const until = Date.parse(String(row['allowed_at'])) + POLICY.effects.sendLease
      if (this.time > until) this.broken('sent again long after it was allowed')
    } else if (of?.row['controlled_by'] !== 'ai') {
      this.broken('sent again after a person took over')
    }
  }

  private watchPrompt(prompt: string): void {
    const at = this.attempts.find(({ actor }) => actor === actorNow())?.of.conversation
    const of = at === undefined ? undefined : this.mirror.of(at)
    if (!of) return
    const others = this.customers.filter(({ id }) => id !== of.row['customer_id'])
    if (others.some(({ id }) => prompt.includes(`${id} asks`))) this.broken('prompt with the text of another customer')
    // An attempt that overlaps may have paid meanwhile; two calls are the most it can be.
    if (Number(of.row['cost_usd']) >= POLICY.budgetUsd + 0.02) this.broken('model called over budget')
  }
}

export const isOf = (one: Attempt, run: Run, task: Task): boolean =>
  one.of.run === run.id && one.of.task === task.id && one.of.conversation === run.conversation
