// One cell: our system and then the floor under the same closed loop, with the processor time of every part.
import { checkTurns, mustBeTheTurn } from './check-turns.ts'
import { closedLoop, type Load, type LoadSeen, openLoop } from './load.ts'
import { askFloor } from './ask-floor.ts'
import { percentiles, rounded } from './percentiles.ts'
import { cpuOf, type Parts, readProcessTable } from './process-table.ts'
import type { Cell } from './results.ts'
import { storeWork, type StoreWork } from './store-work.ts'
import type { System } from './system.ts'
import type { Target } from './target.ts'
import { MODEL_CALLS, question, READS } from './the-turn.ts'

/** What to run, times in milliseconds. */
export type CellPlan = { latency: number; concurrency: number; warm: number; measure: number }

/** A cell with what is printed beside it: the floor's figures, and the work of our PostgreSQL for one turn. */
export type CellMeasured = {
  cell: Cell
  floor: { turns_per_s: number; cpu_ms_per_turn: Record<string, number> }
  store: { commits_per_turn: number; log_kb_per_turn: number }
}

type Measured = LoadSeen & { cpu: Record<string, number>; store: StoreWork }

/** Measures both; throws when a turn was not the turn. `own` is what model (without its latency) and back ends take alone. */
export async function measureCell(system: System, plan: CellPlan, own: number): Promise<CellMeasured> {
  await system.stack.sandbox.model({ latency_ms: plan.latency, tokens_per_second: 0 })
  const ours = await checked(system, () => closed(system, system.everdesk, system.parts(), plan))
  const short = { ...plan, measure: Math.max(plan.measure / 2, 3 * plan.latency + 1500) }
  const floor = await closed(system, system.floor, system.floorParts(), short)
  await system.modelCalls()
  const rate = turnsPerSecond(ours)
  return {
    cell: {
      latency_ms: plan.latency,
      concurrency: plan.concurrency,
      turns_per_s: rounded(rate, 2),
      added_ms: percentiles(ours.turns.map((turn) => turn.answeredAt - turn.sentAt - MODEL_CALLS * plan.latency - own)),
      cpu_ms_per_turn: perTurn(ours),
      floor_ratio: rounded(rate / turnsPerSecond(floor), 4),
    },
    floor: { turns_per_s: rounded(turnsPerSecond(floor), 2), cpu_ms_per_turn: perTurn(floor) },
    store: {
      commits_per_turn: rounded(ours.store.commits / ours.turns.length, 1),
      log_kb_per_turn: rounded(ours.store.logBytes / ours.turns.length / 1024, 1),
    },
  }
}

/** Arrivals at random moments, `rate` a second; the result has no concurrency and no floor. */
export async function measureOpenLoop(
  system: System,
  plan: { latency: number; rate: number; warm: number; measure: number },
  own: number,
) {
  await system.stack.sandbox.model({ latency_ms: plan.latency, tokens_per_second: 0 })
  const seen = await checked(system, () =>
    withCosts(system, system.parts(), (onBegin, onEnd) =>
      openLoop({ ...loadOf(system, system.everdesk, plan), onBegin, onEnd }, plan.rate),
    ),
  )
  return {
    latency_ms: plan.latency,
    arrivals_per_s: rounded(plan.rate, 1),
    turns_per_s: rounded(turnsPerSecond(seen), 2),
    added_ms: percentiles(seen.turns.map((turn) => turn.answeredAt - turn.sentAt - MODEL_CALLS * plan.latency - own)),
    cpu_ms_per_turn: perTurn(seen),
  }
}

/** Milliseconds that the turn's calls take a caller who is alone: the floor's own waiting at concurrency 1. */
export async function ownTime(system: System, turns: number): Promise<number> {
  await system.stack.sandbox.model({ latency_ms: 0, tokens_per_second: 0 })
  const waited: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const shopper = system.shoppers[turn % system.shoppers.length]
    if (!shopper) break
    const { outside_ms, model_calls, reads } = await askFloor(system, question(shopper.nextPair()))
    if (model_calls !== MODEL_CALLS || reads !== READS) {
      throw new Error(`The run is invalid: the floor's turn was ${model_calls} model calls and ${reads} reads.`)
    }
    waited.push(outside_ms)
  }
  return percentiles(waited.slice(Math.floor(turns / 2))).p50
}

async function checked<T>(system: System, run: () => Promise<T>): Promise<T> {
  const since = new Date()
  await system.modelCalls()
  const result = await run()
  mustBeTheTurn(await checkTurns(system.stack.db, since), await system.modelCalls())
  return result
}

const closed = (system: System, target: Target, parts: Parts, plan: CellPlan): Promise<Measured> =>
  withCosts(system, parts, (onBegin, onEnd) =>
    closedLoop({ ...loadOf(system, target, plan), onBegin, onEnd }, plan.concurrency),
  )

const loadOf = ({ shoppers }: System, target: Target, { warm, measure }: { warm: number; measure: number }) =>
  ({ target, shoppers, warm, measure }) satisfies Partial<Load>

async function withCosts(
  { stack }: System,
  parts: Parts,
  run: (onBegin: () => Promise<void>, onEnd: () => Promise<void>) => Promise<LoadSeen>,
): Promise<Measured> {
  const snapshot = async () => ({
    cpu: { ...cpuOf(await readProcessTable(), parts), load: ownCpu() },
    store: await storeWork(stack.db),
  })
  let before = await snapshot()
  let after = before
  const seen = await run(
    async () => void (before = await snapshot()),
    async () => void (after = await snapshot()),
  )
  const store = {
    commits: after.store.commits - before.store.commits,
    logBytes: after.store.logBytes - before.store.logBytes,
  }
  const spent = new Map(Object.entries<number>(before.cpu))
  const cpu = Object.entries<number>(after.cpu).map(([name, value]) => [name, value - (spent.get(name) ?? 0)] as const)
  return { ...seen, cpu: Object.fromEntries(cpu), store }
}

const ownCpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const turnsPerSecond = ({ turns, elapsed }: LoadSeen): number => turns.length / (elapsed / 1000)

const perTurn = ({ cpu, turns }: Measured): Record<string, number> =>
  Object.fromEntries(Object.entries(cpu).map(([name, value]) => [name, rounded(value / Math.max(1, turns.length), 2)]))
