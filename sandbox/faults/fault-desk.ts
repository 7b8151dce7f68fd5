// Which faults are set now, and whose turn it is. Pure memory: a restart heals.

/** Systems that can be made to fail. */
export const faultTargets = ['model', 'crm', 'orders', 'billing', 'ticketing'] as const
/** Ways to fail. */
export const faultKinds = ['error-500', 'rate-limit-429', 'timeout', 'drop-after-effect', 'malformed', 'slow'] as const

/** A system that can be made to fail. */
export type FaultTarget = (typeof faultTargets)[number]
/** A way to fail. */
export type FaultKind = (typeof faultKinds)[number]

/** A fault as it was ordered: hits `rate` (0..1) of the calls, or the next `count`; neither = every call. */
export interface FaultOrder {
  target: FaultTarget
  kind: FaultKind
  operation?: string
  rate?: number
  count?: number
  delay_ms?: number
}

/** A set fault; `hits` counts the calls it struck, `remaining` is what is left of `count`. */
export interface Fault extends FaultOrder {
  id: number
  hits: number
  remaining?: number
}

/** The switchboard of faults. */
export interface FaultDesk {
  set(order: FaultOrder): Fault
  list(): Fault[]
  /** Removes every fault and lets held connections go. */
  heal(): void
  /** The fault that strikes this call, if any. `after-effect` asks only for drop-after-effect, `before` for the others. */
  take(target: FaultTarget, operation: string, moment: 'before' | 'after-effect'): Fault | undefined
  /** Resolves at the next heal. */
  healed(): Promise<void>
}

/** An empty switchboard; its chance is a seeded generator, so that `rate` repeats from run to run. */
export function createFaultDesk(): FaultDesk {
  let faults: Fault[] = []
  let nextId = 1
  let state = 0x5eed
  let next = Promise.withResolvers<void>()
  const chance = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    set(order) {
      const fault: Fault = { id: nextId++, ...order, hits: 0 }
      if (order.count !== undefined) fault.remaining = order.count
      faults.push(fault)
      return fault
    },
    list: () => faults.map((fault) => ({ ...fault })),
    heal() {
      faults = []
      next.resolve()
      next = Promise.withResolvers<void>()
    },
    take(target, operation, moment) {
      for (const fault of faults) {
        if (fault.target !== target || (fault.kind === 'drop-after-effect') !== (moment === 'after-effect')) continue
        if (fault.operation !== undefined && plain(fault.operation) !== plain(operation)) continue
        if (fault.remaining === 0) continue
        if (fault.rate !== undefined && chance() >= fault.rate) continue
        if (fault.remaining !== undefined) fault.remaining -= 1
        fault.hits += 1
        return { ...fault }
      }
      return undefined
    },
    healed: () => next.promise,
  }
}

/** `RefundPayment`, `refund_payment` and `refund-payment` are one operation. */
function plain(operation: string): string {
  return operation.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
