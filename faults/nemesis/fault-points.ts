// A process dies, freezes or fails at a named place of our own code, such as between a write and the store's knowing of it.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FAULT_POINTS } from '../../planted/fault-points/points.ts'
import type { PointControl, PointOrder } from '../../planted/fault-points/control.ts'
import type { Slot, Stack } from '../../stack/stack.ts'
import { type Fault, pickFrom } from './ground.ts'

// Death most often: nothing runs after it, no `finally` and no catch.
const ORDERS: readonly PointOrder[] = ['kill', 'kill', 'kill', 'stop', 'throw']

/** The first process that passes the point obeys; until then nothing is broken. */
const at = (kind: string, name: string, orderOf: (pick: number) => PointOrder): Fault => ({
  kind,
  lane: 'parts',
  weight: 2,
  lasts: [1500, 6000],
  async strike({ stack, points }, { pick, lasts }) {
    if (!points) throw new Error('this run was started without fault points')
    const order = orderOf(pick)
    await points.order(name, order)
    const taker = async () => slotOf(stack, (await points.takenBy(name))[0])
    return {
      target: `${order} ${name}`,
      waits: true,
      reached: async () => (await taker()) !== undefined,
      async heal() {
        await points.withdraw(name)
        const slot = await taker()
        await forget(points, name)
        if (order === 'kill') await slot?.start()
        if (order !== 'stop') return
        // It is frozen long enough for somebody else to take its work over.
        await sleep(lasts)
        slot?.process().signal('SIGCONT')
      },
    }
  },
})

export const pointFaults: readonly Fault[] = FAULT_POINTS.map(({ name }) =>
  at(`at-${name}`, name, (pick) => pickFrom(ORDERS, pick)),
)

/** For runs that want just this: a death, or a delay long enough for a person to come in between. */
export const exactPointFaults: readonly Fault[] = FAULT_POINTS.flatMap(({ name }) => [
  at(`kill-${name}`, name, () => 'kill'),
  at(`late-${name}`, name, () => 'delay:3000'),
])

function slotOf({ workers, apis }: Stack, pid: number | undefined): Slot | undefined {
  return [...workers, ...apis].find((slot) => slot.process().pid === pid)
}

/** So that the next order of this point is told from this one. */
async function forget(points: PointControl, name: string): Promise<void> {
  for (const pid of await points.takenBy(name)) {
    await rm(join(points.folder, `${name}.taken.${pid}`), { force: true })
  }
}
