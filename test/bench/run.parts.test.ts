import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import type { Plan } from '../../bench/plans.ts'
import { report } from '../../bench/report.ts'
import { run } from '../../bench/run.ts'
import { postgresPrograms } from '../../stack/postgres.ts'
import { killAllProcesses } from '../../stack/process.ts'
import { hasRedisServer } from '../../stack/redis.ts'

const TINY: Plan = {
  storage: { conversations: 2, concurrency: 2 },
  cells: [{ latency: 0, concurrency: 2, warm: 1000, measure: 3000 }],
  openLoop: { latency: 0, shares: [0.3], warm: 500, measure: 3000 },
  customers: 8,
  pairs: 50,
}

describe.runIf(postgresPrograms() !== undefined && hasRedisServer())('a bench run', () => {
  afterAll(killAllProcesses)

  // A run whose turns were not 3 model calls and 2 reads, by the store or by the ledger, rejects.
  test('E7: measures turns of exactly 3 model calls and 2 reads, and has the promised shape', {
    timeout: 600_000,
  }, async () => {
    const outcome = await run({ engine: 'memory', plan: TINY, note: () => undefined })
    const number: unknown = expect.any(Number)
    const parts = ['api', 'worker', 'temporal', 'postgres', 'redis', 'sandbox']
    const numbers = (names: string[]) => Object.fromEntries(names.map((name) => [name, number]))
    expect(JSON.parse(JSON.stringify(outcome.results))).toEqual({
      machine: {
        processor: expect.any(String),
        cpus: number,
        memory_gb: number,
        node: process.version,
        load_before: number,
        at: expect.any(String),
      },
      engine: 'memory',
      cells: [
        {
          latency_ms: 0,
          concurrency: 2,
          turns_per_s: number,
          added_ms: { p50: number, p95: number, p99: number },
          cpu_ms_per_turn: numbers([...parts, 'load']),
          floor_ratio: number,
        },
      ],
      history: { events: number, bytes: number },
      storage: { conversations: 2, turns: 10, ours_mb_per_1000: number, engine_mb_per_1000: null },
      memory: { processes_mb: numbers(parts), per_1000_open_mb: null },
    })
    const { cells, history } = outcome.results
    expect(cells[0]?.turns_per_s).toBeGreaterThan(0)
    expect(cells[0]?.cpu_ms_per_turn['worker']).toBeGreaterThan(0)
    // Between one workflow task with nothing in it and a turn with retries.
    expect(history.events).toBeGreaterThan(5)
    expect(history.events).toBeLessThan(40)
    expect(outcome.openLoops).toHaveLength(1)
    const text = stripVTControlCharacters(report(outcome))
    expect(text).toContain('model 0 ms, 2 at a time')
  })
})
