// Lets the planned faults strike, one after the other in each lane, when there is work in flight; heals each; measures how long
// the work it struck needs from then on.
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultRecord } from '../history.ts'
import type { FaultPlan, Lane } from '../plan/fault-plan.ts'
import type { Fault, Ground } from './ground.ts'
import { messagesInFlight, stillWaiting, type Waiting } from './in-flight.ts'

export interface NemesisOptions {
  ground: Ground
  plan: readonly FaultPlan[]
  faults: readonly Fault[]
  /** Share of the load that has begun, 0..1. */
  progress: () => number
  /** Milliseconds from a heal after which the work it struck never recovered. */
  patience: number
  /** No more load will come. */
  loadIsOver: () => boolean
  /** The run is over: no more faults. */
  over: AbortSignal
  /** Told of each fault as soon as it has healed. */
  note: (record: FaultRecord) => void
}

export type Nemesis = ReturnType<typeof startNemesis>

/** Milliseconds a fault waits for enough work in flight before it strikes anyway. */
const WORK_PATIENCE = 10_000
const ENOUGH_WORK = 2
/** Milliseconds past its time a fault lasts on until it has reached something. */
const REACH_PATIENCE = 20_000
/** The next fault of the lane waits so long for the recovery from this one; measuring goes on. */
const LANE_PATIENCE = 6_000

export function startNemesis({ ground, plan, faults, patience, progress, loadIsOver, over, note }: NemesisOptions) {
  const records: FaultRecord[] = []
  const recoveries: Promise<void>[] = []
  const lanes: Lane[] = ['parts', 'back ends']
  const left = new Map(lanes.map((lane) => [lane, plan.filter((each) => each.lane === lane)]))

  const runLane = async (lane: Lane): Promise<void> => {
    const queue = left.get(lane) ?? []
    for (let next = queue[0]; next && !over.aborted; next = queue[0]) {
      while (progress() < next.at && !loadIsOver() && !over.aborted) await sleep(50)
      const { recovery } = await strike(next)
      queue.shift()
      await Promise.race([recovery, sleep(LANE_PATIENCE)])
    }
  }

  /** Resolves when it has healed, with the promise of its recovery. */
  const strike = async (planned: FaultPlan): Promise<{ recovery: Promise<void> }> => {
    const fault = faults.find(({ kind }) => kind === planned.kind)
    if (!fault) throw new Error(`there is no fault "${planned.kind}"`)
    const struckWork = await workInFlight()
    const startedAt = Date.now()
    const struck = await fault.strike(ground, planned)
    const until = startedAt + planned.lasts
    if (!struck.waits) await sleep(planned.lasts)
    let reached = await hasReached(struck.reached)
    while (!reached && Date.now() < until + REACH_PATIENCE) {
      await sleep(50)
      reached = await hasReached(struck.reached)
    }
    await struck.heal()
    const record: FaultRecord = {
      kind: planned.kind,
      target: struck.target,
      startedAt,
      healedAt: Date.now(),
      inFlight: struckWork.length,
      hit: reached && struckWork.length > 0,
      recovery: null,
    }
    records.push(record)
    note(record)
    const recovery = measureRecovery(record, struckWork)
    recoveries.push(recovery)
    return { recovery }
  }

  const workInFlight = async (): Promise<Waiting[]> => {
    for (const deadline = Date.now() + WORK_PATIENCE; ; await sleep(30)) {
      const work = await messagesInFlight(ground.stack)
      if (work && work.length >= ENOUGH_WORK) return work
      if (Date.now() > deadline || loadIsOver() || over.aborted) return work ?? []
    }
  }

  const measureRecovery = async (record: FaultRecord, work: Waiting[]): Promise<void> => {
    const deadline = record.healedAt + patience
    for (; Date.now() < deadline && !over.aborted; await sleep(150)) {
      const now = await messagesInFlight(ground.stack)
      if (now === null || stillWaiting(work, now).length > 0) continue
      record.recovery = Date.now() - record.healedAt
      return
    }
  }

  const ended = Promise.all(lanes.map(runLane))
  return {
    /** In the order in which they healed. */
    records,
    /** How far the load may go: a little past the next fault that is still to come. */
    mayBegin(): number {
      const next = Math.min(...[...left.values()].map(([first]) => first?.at ?? 1))
      return next >= 1 ? 1 : next + 0.08
    },
    /** Resolves when all have struck and healed, and every recovery was measured. */
    ended: ended.then(async () => void (await Promise.all(recoveries))),
  }
}

async function hasReached(reached: (() => boolean | Promise<boolean>) | undefined): Promise<boolean> {
  return reached === undefined || (await Promise.resolve(reached()).catch(() => false))
}
