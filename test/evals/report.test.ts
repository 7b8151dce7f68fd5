import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { inParallel } from '../../evals/in-parallel.ts'
import { duration, progressBar, progressLine } from '../../evals/progress.ts'
import { report } from '../../evals/report.ts'
import { score } from '../../evals/score.ts'
import { byModel, resultOf } from './rows.ts'

test('the table is aligned and tells what was broken', () => {
  const results = [
    resultOf(),
    resultOf({ intent: 'none', route: byModel('order'), writes: [{ system: 'mail', operation: 'x', of: 'tool' }] }),
  ]
  const label = { file: 'invented.jsonl', concurrency: 8, took: 61_000, unfinished: 3 }
  const lines = stripVTControlCharacters(report(score(results, 5), label)).split('\n')
  expect(lines[1]).toBe('2 first messages of invented.jsonl, 8 at a time, in 1 min 1 s, 3 not finished (interrupted)')
  expect(lines).toContain('  answered                                2  100.0 %')
  const table = lines.indexOf('Routing') + 1
  expect(lines.slice(table, table + 2)).toEqual([
    '  intent           rows         strict        lenient       by rules     asked back     handed off',
    '  order               1     1  100.0 %     1  100.0 %     1  100.0 %     0    0.0 %     0    0.0 %',
  ])
  expect(lines).toContain('  model calls, a conversation          2.50')
  expect(lines.slice(-6, -1)).toEqual([
    'Must hold',
    '  every message is answered or handed off    holds',
    '  nothing is lost                            holds',
    '  nothing is doubled                         holds',
    '  no write for a row without a request       broken: 1',
  ])
})

test('progress says how far, how fast, how long, and what went wrong', () => {
  expect(progressLine({ done: 1_024, of: 1_430, bad: 0, elapsed: 32_000 })).toBe('1,024 of 1,430  32.0/s  13 s left')
  expect(progressLine({ done: 10, of: 10, bad: 2, elapsed: 5_000 })).toBe('10 of 10  2.0/s  2 not as promised')
  expect(stripVTControlCharacters(progressBar(1, 2))).toBe('━'.repeat(16) + '╌'.repeat(16))
  expect(duration(192_000)).toBe('3 min 12 s')
})

test('work in parallel keeps the order, the bound, and stops when asked', async () => {
  const stopping = new AbortController()
  let running = 0
  let most = 0
  const results = await inParallel([1, 2, 3, 4, 5, 6], { most: 2, signal: stopping.signal }, async (item) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    if (item === 4) stopping.abort()
    return item * 10
  })
  expect({ most, results: results.slice(0, 4) }).toEqual({ most: 2, results: [10, 20, 30, 40] })
  expect(results.length).toBeLessThan(6)
})
