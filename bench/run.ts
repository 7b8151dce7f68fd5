// The measurements of one run, in order: storage first (it warms everything up), then the cells, then arrivals at random.
import { measureCell, measureOpenLoop, ownTime, type CellMeasured } from './cell.ts'
import type { EngineName } from './engine-names.ts'
import { describeMachine } from './machine.ts'
import type { Plan } from './plans.ts'
import { memoryOf, readProcessTable } from './process-table.ts'
import type { Results } from './results.ts'
import { measureStorage } from './storage.ts'
import { startSystem } from './system.ts'

export type RunRequest = { engine: EngineName; plan: Plan; note: (line: string) => void }

/** The JSON, and what only the table shows. */
export type RunOutcome = {
  results: Results
  floors: CellMeasured['floor'][]
  stores: CellMeasured['store'][]
  openLoops: Awaited<ReturnType<typeof measureOpenLoop>>[]
  /** Milliseconds of model and back ends alone, subtracted from every latency. */
  own: number
}

const OWN_TURNS = 40

/** Runs the plan on a system of its own. Throws when a measured turn was not the turn. */
export async function run({ engine, plan, note }: RunRequest): Promise<RunOutcome> {
  const machine = describeMachine()
  // Runs that ended go at once, so that what is measured at rest is what stays.
  const env = { ENGINE_RETENTION: '0' }
  const system = await startSystem({ engine, customers: plan.customers, pairs: plan.pairs, env, note })
  try {
    const { conversations, concurrency } = plan.storage
    note(`Storage and history: ${conversations} conversations of 5 turns, ${concurrency} at a time ...`)
    const { storage, history, growth } = await measureStorage(system, plan.storage)
    const own = await ownTime(system, OWN_TURNS)
    const measured: CellMeasured[] = []
    for (const cell of plan.cells) {
      note(`Closed loop: model ${cell.latency} ms, ${cell.concurrency} at a time ...`)
      measured.push(await measureCell(system, cell, own))
    }
    const cells = measured.map(({ cell }) => cell)
    const most = Math.max(...cells.map(({ turns_per_s }) => turns_per_s))
    const openLoops: RunOutcome['openLoops'] = []
    for (const share of plan.openLoop?.shares ?? []) {
      if (!plan.openLoop) break
      note(`Open loop: model ${plan.openLoop.latency} ms, ${(share * most).toFixed(1)} arrivals a second ...`)
      openLoops.push(await measureOpenLoop(system, { ...plan.openLoop, rate: share * most }, own))
    }
    const processes_mb = await memoryOf(await readProcessTable(), system.parts())
    const memory = { processes_mb, per_1000_open_mb: growth }
    const results = { machine, engine, cells, history, storage, memory }
    return {
      results,
      floors: measured.map(({ floor }) => floor),
      stores: measured.map(({ store }) => store),
      openLoops,
      own,
    }
  } finally {
    await system.close()
  }
}
