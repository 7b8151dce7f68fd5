// The faults of a soak, one a minute, in turn: a process killed, the engine restarted, connections cut, back ends failing.
import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from './system.ts'

/** One fault; `strike` resolves when everything it took away is there again. */
export type SoakFault = { name: string; strike: (system: System, nth: number) => Promise<void> }

const FAULTY_FOR = 10_000

export const SOAK_FAULTS: readonly SoakFault[] = [
  { name: 'worker killed', strike: ({ stack }, nth) => killed(stack.workers, nth) },
  { name: 'API killed', strike: ({ stack }, nth) => killed(stack.apis, nth) },
  { name: 'Temporal killed', strike: ({ engine }) => engine.restart() },
  { name: 'store connections cut', strike: async ({ stack }) => void (await stack.postgres.cutConnections()) },
  {
    name: 'model fails at every second call',
    strike: ({ stack }) => failing(stack, { target: 'model', kind: 'error-500', rate: 0.5 }),
  },
  {
    name: 'order system stalls at every second call',
    strike: ({ stack }) => failing(stack, { target: 'orders', kind: 'timeout', rate: 0.5 }),
  },
]

async function killed(slots: System['stack']['workers'], nth: number): Promise<void> {
  const slot = slots[nth % slots.length]
  await slot?.process().kill('SIGKILL')
  await slot?.start()
}

async function failing(
  { sandbox }: System['stack'],
  fault: Parameters<System['stack']['sandbox']['fault']>[0],
): Promise<void> {
  await sandbox.fault(fault)
  await sleep(FAULTY_FOR)
  await sandbox.heal()
}
