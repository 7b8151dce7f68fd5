// The business systems behind the desk's writes. They remember what was done by key; some deduplicate by it, others can only
// be asked whether they know it.
import { OutsideError } from '../../src/domain/errors.ts'
import type { Random } from '../random.ts'
import { actorNow, pause } from './actors.ts'

export type Applied = {
  key: string
  tool: string
  conversation: string
  customer: string
  input: string
  shows: number
}
export type WriteRequest = Omit<Applied, 'shows'> & { deduplicates: boolean }

const LAG = 30_000

export class BackEnd {
  applied: Applied[] = []
  /** Requests that were sent, by key. */
  sends = new Map<string, number>()
  /** Keys it declined. One that deduplicates answers a repeat with the first outcome, whatever that was. */
  private readonly declined = new Set<string>()
  /** The write each actor heard to be done, by its number. */
  proofs = new Map<number, string>()
  /** The next request that is sent for the first time gets lost. */
  loseNext = false
  private readonly random: Random
  private readonly now: () => number
  private readonly faults: () => boolean
  private readonly watch: (request: WriteRequest, again: boolean) => void

  constructor(options: {
    random: Random
    now: () => number
    faults: () => boolean
    /** Told of every write that takes effect; `again` when its key was sent before. */
    watch: (request: WriteRequest, again: boolean) => void
  }) {
    this.random = options.random
    this.now = options.now
    this.faults = options.faults
    this.watch = options.watch
  }

  happened(key: string): boolean {
    return this.applied.some((one) => one.key === key)
  }

  /** The request leaves at once: between the sender's last check and this there is no await. */
  async write(request: WriteRequest): Promise<'ok' | 'refused'> {
    const { key, deduplicates, ...write } = request
    const luck = this.faults() ? this.random() : 1
    const again = this.sends.has(key)
    this.sends.set(key, (this.sends.get(key) ?? 0) + 1)
    const lost = this.loseNext && !again
    if (lost) this.loseNext = false
    if (lost || luck < 0.12) {
      await pause()
      throw new OutsideError('BackendError.Unavailable', write.tool, 'the request never arrived')
    }
    const known = deduplicates && this.happened(key)
    if (this.declined.has(key) || (!known && luck < 0.2)) {
      this.declined.add(key)
      await pause()
      if (luck < 0.16) throw new OutsideError('BackendError.Refused', write.tool, 'declined')
      return 'refused'
    }
    if (!known) {
      const lag = this.faults() && this.random() < 0.3 ? LAG : 0
      this.applied.push({ key, ...write, shows: this.now() + lag })
      this.watch(request, again)
    }
    await pause()
    if (luck < 0.36) throw new OutsideError('BackendError.Timeout', write.tool, 'the answer was lost')
    const actor = actorNow()
    if (actor) this.proofs.set(actor.id, key)
    return 'ok'
  }

  /** A write shows with a lag in some systems: what is not found may have happened. */
  async lookUp(key: string): Promise<boolean> {
    const found = this.applied.some((one) => one.key === key && one.shows <= this.now())
    await pause()
    if (this.faults() && this.random() < 0.1) throw new OutsideError('BackendError.Timeout', 'look-up', 'no answer')
    return found
  }
}
