// Parts of one process, started one after the other and stopped in reverse, whatever fails on the way.
import { setTimeout as sleep } from 'node:timers/promises'

/** One part: how it starts, how it stops, and how long stopping may take. */
export type Part<T> = {
  /** For people, such as `worker`. */
  name: string
  start: () => Promise<T>
  stop: (started: T) => Promise<void>
  /** Milliseconds after which stopping goes on without it (1,500). All of them together stay below 10 s. */
  stopWithin?: number
}

/** A part did not start; the message is its cause's, for people. */
export class PartFailed extends Error {
  override name = 'PartFailed'
}

/** Starting was given up because somebody asked to stop. */
export class StartAborted extends Error {
  override name = 'StartAborted'
}

const USUAL_STOP_MS = 1_500

/** The parts that run, in the order of their start. */
export class RunningParts {
  readonly #stops: { name: string; stop: () => Promise<void>; within: number }[] = []
  readonly #note: (line: string) => void
  #stopped: Promise<void> | undefined

  /** `note` gets one line when a part does not stop cleanly. */
  constructor(note: (line: string) => void) {
    this.#note = note
  }

  /** Starts one part and returns what its `start` made. Throws PartFailed, or StartAborted once `stop()` was called. */
  async start<T>(part: Part<T>): Promise<T> {
    if (this.#stopped !== undefined) throw new StartAborted()
    let started: T
    try {
      started = await part.start()
    } catch (error) {
      if (this.#stopped !== undefined) throw new StartAborted()
      throw new PartFailed(`${part.name}: ${messageOf(error)}`, { cause: error })
    }
    const entry = { name: part.name, stop: () => part.stop(started), within: part.stopWithin ?? USUAL_STOP_MS }
    if (this.#stopped === undefined) {
      this.#stops.push(entry)
      return started
    }
    await this.#stopOne(entry)
    throw new StartAborted()
  }

  /** Stops everything, the last one first; a second call waits for the first. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stopAll()
    await this.#stopped
  }

  async #stopAll(): Promise<void> {
    for (const entry of this.#stops.toReversed()) await this.#stopOne(entry)
  }

  async #stopOne({ name, stop, within }: { name: string; stop: () => Promise<void>; within: number }): Promise<void> {
    const late = Symbol('late')
    try {
      const result = await Promise.race([stop(), sleep(within, late, { ref: false })])
      if (result === late) this.#note(`${name} did not stop within ${within} ms, going on without it`)
    } catch (error) {
      this.#note(`${name} did not stop cleanly: ${messageOf(error)}`)
    }
  }
}

/** The one line of an error that people should read. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
