// Axes of the supervisor's charts: few, round numbers around the data and the goal [H5].
import { expect, test } from 'vitest'
import { placeMarks } from '../../../web/console/supervisor/marks.ts'
import { namedDays, scaleOfAmounts, scaleOfShares, scaleOfWaits } from '../../../web/console/supervisor/scale.ts'

test('shares are zoomed to where they and the goal are', () => {
  expect(scaleOfShares([0.804, 0.842, null, 0.789], 0.8)).toEqual({
    min: 0.75,
    max: 0.9,
    ticks: [0.75, 0.8, 0.85, 0.9],
  })
  expect(scaleOfShares([0, 1], 0.8)).toEqual({ min: 0, max: 1, ticks: [0, 0.5, 1] })
  expect(scaleOfShares([null], 0.8).ticks).toContain(0.8)
})

test('a scale of shares holds its values, whatever they are', () => {
  for (let low = 0; low <= 1; low += 0.01)
    for (let high = low; high <= 1; high += 0.01) {
      const { min, max, ticks } = scaleOfShares([low, high], 0.8)
      expect(min <= low && max >= high - 1e-9 && min >= 0 && max <= 1 && ticks.length <= 7).toBe(true)
    }
})

test('amounts go from zero to a round number over the highest', () => {
  expect(scaleOfAmounts([0.046, null, 0.035]).ticks).toEqual([0, 0.025, 0.05])
  expect(scaleOfAmounts([]).ticks).toEqual([0, 1, 2])
})

test('waits have the steps of a clock, and the promise is within', () => {
  expect(scaleOfWaits([521, 331], 300).ticks).toEqual([0, 300, 600])
  expect(scaleOfWaits([2], 900).max).toBeGreaterThanOrEqual(900)
  expect(scaleOfWaits([200_000], 900).ticks).toEqual([0, 129_600, 259_200])
})

test('the first and the last day are always named', () => {
  expect(namedDays(14, 5)).toEqual([0, 3, 7, 10, 13])
  expect(namedDays(3, 5)).toEqual([0, 1, 2])
  for (const days of [1, 2, 7, 14, 30, 90]) {
    const named = namedDays(days, 5)
    expect([named[0], named.at(-1), named.length <= 5]).toEqual([0, days - 1, true])
  }
})

test('changes of one day are one mark, words stay within the plot and never lie on each other', () => {
  const across = (index: number) => (100 * index) / 13
  const marks = [
    { index: 5, words: 'policy 7' },
    { index: 11, words: 'prompt 12' },
    { index: 11, words: 'prompt 12' },
    { index: 11, words: 'policy 8' },
    { index: 1, words: 'prompt 1' },
    { index: 12, words: 'prompt 13' },
    { index: 10, words: 'prompt 11' },
  ]
  expect(placeMarks(marks, across).map(({ words, row, before }) => [words, row, before])).toEqual([
    ['prompt 13', 0, true],
    ['prompt 12, policy 8', 1, true],
    ['prompt 11', 'none', true],
    ['policy 7', 0, true],
    ['prompt 1', 1, false],
  ])
})
