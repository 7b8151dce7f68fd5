import { expect, test } from 'vitest'
import { verdicts, type Win } from '../../bench/win.ts'

const side = { last_word_ms: 1000, tokens: 400, model_calls: 1 }
const pace = {
  conversations: 50,
  latency: 1000,
  think: 5000,
  duration: 1,
  messages: 1,
  added_ms: { p50: 30, p95: 80, p99: 900 },
}
const found: Win = {
  machine: { processor: 'test', cpus: 2, memory_gb: 8, node: 'v24', load_before: 0, at: '2026-11-21T00:00:00.000Z' },
  engine: 'file',
  question: { latency_ms: 1000, questions: 1, ours: side, usual: side, time_ratio: 0.5, token_ratio: 0.4 },
  first_token: [pace],
  recovery: { latency: 12_000, beyond_call_ms: [3000, 5000] },
}

test('targets that are just met hold', () => {
  expect(verdicts(found).map(([, , holds]) => holds)).toEqual([true, true, true, true, true])
})

test('each target can be missed, and the worst kill decides', () => {
  const missed: Win = {
    ...found,
    question: { ...found.question, time_ratio: 0.51, token_ratio: 0.41 },
    first_token: [{ ...pace, added_ms: { p50: 31, p95: 81, p99: 81 } }],
    recovery: { latency: 12_000, beyond_call_ms: [5001, 3000] },
  }
  expect(verdicts(missed).map(([, seen, holds]) => [seen, holds])).toEqual([
    ['0.51x', false],
    ['0.41x', false],
    ['31 ms', false],
    ['81 ms', false],
    ['5001 ms', false],
  ])
})
