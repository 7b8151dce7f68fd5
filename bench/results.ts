// What a run writes as JSON, and what `--compare` reads.
import type { EngineName } from './engine-names.ts'
import type { Percentiles } from './percentiles.ts'

/** One load: so many customers against a model of so many milliseconds a call. */
export type Cell = {
  latency_ms: number
  concurrency: number
  turns_per_s: number
  /** End to end, less the time that model and back ends take alone. */
  added_ms: Percentiles
  /** Milliseconds of processor time a turn, by part of the system; `load` is the generator itself. */
  cpu_ms_per_turn: Record<string, number>
  /** Our turns a second as a share of the floor's at the same cell. */
  floor_ratio: number
}

export type Machine = {
  processor: string
  cpus: number
  memory_gb: number
  node: string
  /** Load of the last minute before the run began: above 0.5 other work was there. */
  load_before: number
  at: string
}

export type Storage = {
  conversations: number
  turns: number
  /** Megabytes that 1,000 conversations of 5 turns take at rest: closed, pruned, vacuumed. */
  ours_mb_per_1000: number
  engine_mb_per_1000: number | null
}

export type Memory = {
  /** Megabytes of each part after its load, proportional set size. */
  processes_mb: Record<string, number>
  /** How much each part grew for 1,000 open conversations; null when too few were open to tell. */
  per_1000_open_mb: Record<string, number> | null
}

export type Results = {
  machine: Machine
  engine: EngineName
  cells: Cell[]
  /** Of one turn in Temporal. */
  history: { events: number; bytes: number }
  storage: Storage
  memory: Memory
}
