// What faults work with, and the shape that each of them has.
import type { PointControl } from '../../planted/fault-points/control.ts'
import type { Stack } from '../../stack/stack.ts'
import type { FaultKind, FaultPlan } from '../plan/fault-plan.ts'

/** Where faults strike. */
export interface Ground {
  stack: Stack
  /** Null when the processes were started without fault points. */
  points: PointControl | null
}

/** A fault that has struck. */
export interface Struck {
  /** Such as `worker 1`. */
  target: string
  /** True once it reached something; without it, striking alone is enough. Asked until it is, or patience is over. */
  reached?: () => boolean | Promise<boolean>
  /** It is healed as soon as it has reached something, not after its time. */
  waits?: boolean
  /** Makes everything whole again; resolves when it is. */
  heal: () => Promise<void>
}

/** One kind of fault. */
export interface Fault extends FaultKind {
  strike: (ground: Ground, plan: FaultPlan) => Promise<Struck>
}

/** The `pick`th of the list, however long it is. */
export function pickFrom<T>(list: readonly T[], pick: number): T {
  const chosen = list[pick % list.length]
  if (chosen === undefined) throw new Error('there is nothing to strike')
  return chosen
}
