import { describe, expect, test } from 'vitest'
import { percentile, percentiles } from '../../bench/percentiles.ts'
import { slope } from '../../bench/slope.ts'

describe('percentiles', () => {
  test('are samples, by the nearest rank, whatever their order', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentiles(hundred)).toEqual({ p50: 50, p95: 95, p99: 99 })
    expect(percentiles([3, 1, 2])).toEqual({ p50: 2, p95: 3, p99: 3 })
  })
  test('of one sample are that sample, of none no number', () => {
    expect(percentiles([7.04])).toEqual({ p50: 7, p95: 7, p99: 7 })
    expect(percentile([], 0.5)).toBeNaN()
  })
})

describe('slope', () => {
  test('is that of the line through points on a line', () => {
    expect(slope([1, 2, 3].map((at) => ({ at, value: 10 - 3 * at })))).toBeCloseTo(-3)
  })
  test('is none where there is nothing to tell it from', () => {
    expect(slope([])).toBe(0)
    expect(slope([{ at: 1, value: 5 }])).toBe(0)
    expect(
      slope([
        { at: 1, value: 5 },
        { at: 1, value: 9 },
      ]),
    ).toBe(0)
  })
})
