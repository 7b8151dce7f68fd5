// Workers and APIs are killed, or frozen and thawed.
import type { Slot, Stack } from '../../stack/stack.ts'
import type { Fault } from './ground.ts'
import { pickFrom } from './ground.ts'

const kill = (kind: string, weight: number, slotsOf: (stack: Stack, pick: number) => Slot[]): Fault => ({
  kind,
  lane: 'parts',
  weight,
  lasts: [0, 1500],
  async strike({ stack }, { pick }) {
    const slots = slotsOf(stack, pick)
    await Promise.all(slots.map((slot) => slot.process().kill('SIGKILL')))
    const heal = async () => void (await Promise.all(slots.map((slot) => slot.start())))
    return { target: slots.map(({ name }) => name).join(', '), heal }
  },
})

const freeze = (
  kind: string,
  weight: number,
  slotsOf: (stack: Stack) => Slot[],
  lasts: readonly [number, number],
): Fault => ({
  kind,
  lane: 'parts',
  weight,
  lasts,
  async strike({ stack }, { pick }) {
    const slot = pickFrom(slotsOf(stack), pick)
    slot.process().signal('SIGSTOP')
    return { target: slot.name, heal: async () => void slot.process().signal('SIGCONT') }
  },
})

export const workerKill = kill('worker-kill', 4, ({ workers }, pick) => [pickFrom(workers, pick)])
export const allWorkersKill = kill('all-workers-kill', 1, ({ workers }) => workers)
export const apiKill = kill('api-kill', 2, ({ apis }, pick) => [pickFrom(apis, pick)])
/** Long enough for another worker to take its work over, so that it wakes up late. */
export const workerFreeze = freeze('worker-freeze', 3, ({ workers }) => workers, [2000, 8000])
export const apiFreeze = freeze('api-freeze', 1, ({ apis }) => apis, [1000, 4000])
