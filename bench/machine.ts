import { cpus, loadavg, totalmem } from 'node:os'
import { rounded } from './percentiles.ts'
import type { Machine } from './results.ts'

/** The machine as it is now. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cpus: cpus().length,
    memory_gb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    load_before: rounded(loadavg()[0] ?? 0, 2),
    at: new Date().toISOString(),
  }
}
