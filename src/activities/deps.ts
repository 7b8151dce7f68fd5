// What the steps of a turn work with. Built once a process by whoever wires it (worker.ts).
import type { AnyTool, Desk, Specialist } from '../desks/types.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { ModelEntry } from '../llm/models.ts'
import type { LanguageModel } from '../ports/llm.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** A desk at work: its lists by name, and the clients of its systems. */
export type WorkingDesk = {
  desk: Desk
  tools: ReadonlyMap<string, AnyTool>
  specialists: ReadonlyMap<string, Specialist>
  systems: unknown
}

export type ActivityDeps = {
  kernel: Kernel
  desks: ReadonlyMap<string, WorkingDesk>
  model: LanguageModel
  models: readonly ModelEntry[]
  metrics: Metrics
  logger: Logger
}

export function workingDesk(deps: ActivityDeps, name: string): WorkingDesk {
  const found = deps.desks.get(name)
  if (!found) throw new Error(`The desk "${name}" is not in DESK of this process.`)
  return found
}
