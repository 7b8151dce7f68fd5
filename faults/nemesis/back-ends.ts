// The company's systems and the model fail in every way the sandbox knows. Each strikes a few calls, or all of them for a while.
import { type Fault, pickFrom } from './ground.ts'

interface Failing {
  kind: string
  targets: readonly string[]
  /** The sandbox's name for it. */
  way: string
  lasts: readonly [number, number]
  weight?: number
  /** Only so many calls; all of them while it lasts when absent. */
  calls?: number
  delay?: number
}

const fail = ({ kind, targets, way, lasts, weight = 2, calls, delay }: Failing): Fault => ({
  kind,
  lane: 'back ends',
  weight,
  lasts,
  async strike({ stack: { sandbox } }, { pick }) {
    const target = pickFrom(targets, pick)
    const count = calls === undefined ? {} : { count: 1 + (Math.floor(pick / 7) % calls) }
    await sandbox.fault({ target, kind: way, ...count, ...(delay === undefined ? {} : { delay_ms: delay }) })
    return { target, reached: async () => (await sandbox.hits()) > 0, heal: () => sandbox.heal() }
  },
})

// Orders more often than the rest: most reads and the writes that cannot be taken back are there.
const READ = ['orders', 'crm', 'orders', 'billing', 'orders', 'ticketing']
const WRITTEN = ['orders', 'crm', 'billing', 'crm', 'orders', 'ticketing']

export const backEndError = fail({ kind: 'back-end-500', targets: READ, way: 'error-500', lasts: [1000, 4000] })
export const backEndBusy = fail({ kind: 'back-end-429', targets: READ, way: 'rate-limit-429', lasts: [1000, 4000] })
export const backEndStall = fail({ kind: 'back-end-stall', targets: READ, way: 'timeout', lasts: [2000, 9000] })
export const backEndMalformed = fail({
  kind: 'back-end-malformed',
  targets: READ,
  way: 'malformed',
  lasts: [1000, 3000],
})
export const backEndSlow = fail({ kind: 'back-end-slow', targets: READ, way: 'slow', lasts: [2000, 5000], delay: 2500 })
export const dropAfterEffect = fail({
  kind: 'drop-after-effect',
  targets: WRITTEN,
  way: 'drop-after-effect',
  lasts: [500, 2000],
  weight: 5,
  calls: 3,
})
export const modelError = fail({ kind: 'model-500', targets: ['model'], way: 'error-500', lasts: [500, 2500] })
export const modelBusy = fail({ kind: 'model-429', targets: ['model'], way: 'rate-limit-429', lasts: [500, 3000] })
export const modelStall = fail({
  kind: 'model-stall',
  targets: ['model'],
  way: 'timeout',
  lasts: [2000, 8000],
  calls: 4,
})
export const modelMalformed = fail({
  kind: 'model-malformed',
  targets: ['model'],
  way: 'malformed',
  lasts: [300, 2000],
  calls: 4,
})
export const modelSlow = fail({ kind: 'model-slow', targets: ['model'], way: 'slow', lasts: [2000, 5000], delay: 3000 })
