import { expect, test } from 'vitest'
import { capacity, costOfTurn } from '../../bench/capacity.ts'
import type { Cell, Results } from '../../bench/results.ts'

const cell = (turns: number, worker: number): Cell => ({
  latency_ms: 0,
  concurrency: 1,
  turns_per_s: turns,
  added_ms: { p50: 1, p95: 1, p99: 1 },
  cpu_ms_per_turn: { worker, api: 10, temporal: 20, sandbox: 5, load: 1 },
  floor_ratio: 0.1,
})
const results: Results = {
  machine: { processor: 'test', cpus: 2, memory_gb: 8, node: 'v24', load_before: 0, at: '2026-11-21T00:00:00.000Z' },
  engine: 'file',
  cells: [cell(5, 80), cell(20, 40)],
  history: { events: 24, bytes: 4000 },
  storage: { conversations: 1000, turns: 5000, ours_mb_per_1000: 50, engine_mb_per_1000: null },
  memory: { processes_mb: {}, per_1000_open_mb: null },
}

test('a turn costs what it cost in the busiest cell', () => {
  expect(costOfTurn(results.cells)['worker']).toBe(40)
  expect(costOfTurn([])).toEqual({})
})

test('E7: 8,640,000 messages a day are 500 turns a second at the peak; the processors follow from it, half used', () => {
  expect(capacity(results, 8_640_000)).toEqual({
    messages_per_day: 8_640_000,
    turns_per_s: { mean: 100, peak: 500 },
    processors: { worker: 40, api: 10, temporal: 20 },
    processes: { worker: 40, api: 10 },
    ours_gb_per_day: 84.38,
    engine_gb_per_day: null,
  })
})

test('there are two of each process, however little is to do', () => {
  expect(capacity(results, 1000).processes).toEqual({ worker: 2, api: 2 })
})
