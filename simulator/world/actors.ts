// Everybody who acts, as a promise that stops at each of its awaits: there it waits to be stepped, and may be interleaved,
// frozen or killed. A killed actor is simply never stepped again, as a process that died answers nobody.
import { AsyncLocalStorage } from 'node:async_hooks'

export type Actor = {
  id: number
  name: string
  /** Lets it go on to its next await. */
  go: (() => void) | null
  over: boolean
  /** Its engine holds it for dead, but it goes on: a frozen process that wakes up. */
  zombie: boolean
  /** Asleep until it is woken: nobody steps it. */
  frozen: boolean
}

const current = new AsyncLocalStorage<Actor>()
/** Far more turns of the microtask queue than the longest way between two awaits of the product takes. */
const MOST_TURNS = 20_000

export class Actors {
  all: Actor[] = []
  private next = 0

  /** Starts an actor; it runs to its first await at once. */
  async start(name: string, work: (actor: Actor) => Promise<void>): Promise<Actor> {
    this.next += 1
    const actor: Actor = { id: this.next, name, go: null, over: false, zombie: false, frozen: false }
    this.all.push(actor)
    current.run(actor, () => {
      // What an actor throws is the concern of whoever wrote its work; a bug of the simulator must not pass for an episode.
      work(actor).then(
        () => (actor.over = true),
        (error: unknown) => {
          actor.over = true
          this.failure ??= error
        },
      )
    })
    await this.settle(actor)
    return actor
  }

  private failure: unknown

  async step(actor: Actor): Promise<void> {
    const { go } = actor
    if (go === null) throw new Error(`${actor.name} cannot be stepped`)
    actor.go = null
    go()
    await this.settle(actor)
  }

  get awake(): Actor[] {
    return this.all.filter(({ frozen }) => !frozen)
  }

  kill(actor: Actor): void {
    this.all = this.all.filter((other) => other !== actor)
  }

  /** Waits until the actor has come to its next await, or to its end. Nothing it awaits but `pause` takes real time. */
  private async settle(actor: Actor): Promise<void> {
    for (let turn = 0; actor.go === null && !actor.over; turn += 1) {
      if (turn > MOST_TURNS) throw new Error(`${actor.name} waits for something the simulator does not rule`)
      await Promise.resolve()
    }
    if (actor.over) this.kill(actor)
    if (this.failure !== undefined) throw this.failure
  }
}

/** The actor that runs now; undefined in the simulator's own code. */
export const actorNow = (): Actor | undefined => current.getStore()

/** A place to be interleaved, frozen or killed; outside any actor it is none. */
export function pause(): Promise<void> {
  const actor = current.getStore()
  if (!actor) return Promise.resolve()
  return new Promise((resolve, reject) => {
    if (actor.go !== null) reject(new Error(`${actor.name} waits in two places at once`))
    actor.go = resolve
  })
}
