import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { compare } from '../../bench/compare.ts'
import type { Results } from '../../bench/results.ts'

const results = (change: { turns: number; postgres: number; engine: number | null }): Results => ({
  machine: { processor: 'test', cpus: 2, memory_gb: 8, node: 'v24', load_before: 0.1, at: '2026-11-21T00:00:00.000Z' },
  engine: 'file',
  cells: [
    {
      latency_ms: 0,
      concurrency: 16,
      turns_per_s: change.turns,
      added_ms: { p50: 20, p95: 40, p99: 60 },
      cpu_ms_per_turn: { worker: 10, postgres: change.postgres, load: 3 },
      floor_ratio: 0.05,
    },
  ],
  history: { events: 24, bytes: 4000 },
  storage: { conversations: 10, turns: 50, ours_mb_per_1000: 30, engine_mb_per_1000: change.engine },
  memory: { processes_mb: { worker: 200 }, per_1000_open_mb: null },
})

test('two runs stand side by side, the second as a multiple of the first; the load generator is no part of a turn', () => {
  const [a, b] = [results({ turns: 20, postgres: 8, engine: 50 }), results({ turns: 30, postgres: 4, engine: null })]
  const text = stripVTControlCharacters(compare(a, b))
  expect(text).toMatch(/turns a second +20\.0 +30\.0 +1\.50/)
  expect(text).toMatch(/CPU ms a turn +18\.0 +14\.0 +0\.78/)
  expect(text).toMatch(/ {2}postgres +8\.0 +4\.0 +0\.50/)
  expect(text).toMatch(/the engine's MB +50\.0 +- +-/)
})

test('a cell that only one run has is left out', () => {
  const a = results({ turns: 20, postgres: 8, engine: 50 })
  expect(compare(a, { ...a, cells: [] })).not.toContain('turns a second')
})
