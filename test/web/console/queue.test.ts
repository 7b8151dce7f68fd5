// The queue's own logic: rows never move under the pointer, and a thousand cost as much as twenty [H5].
import { describe, expect, test } from 'vitest'
import { holdOrder } from '../../../web/console/queue/hold-order.ts'
import type { QueueRow } from '../../../web/console/queue/queue-types.ts'
import { visibleRange } from '../../../web/console/queue/visible-range.ts'

const row = (key: string, subject = '') => ({ key, subject }) as QueueRow

describe('while the list is looked at', () => {
  test('rows keep their place, are current, and what came is counted', () => {
    const shown = [row('a'), row('b'), row('c')]
    const fresh = [row('new'), row('c', 'more urgent'), row('a'), row('newer')]
    expect(holdOrder(shown, fresh)).toEqual({
      rows: [row('a'), row('b'), row('c', 'more urgent')],
      added: 2,
      gone: new Set(['b']),
    })
  })

  test('nothing is said when nothing came or left', () => {
    expect(holdOrder([row('a'), row('b')], [row('b'), row('a')])).toMatchObject({ added: 0, gone: new Set() })
  })
})

describe('of a thousand rows', () => {
  test('under sixty are in the page, wherever one scrolls and however high the window is', () => {
    for (const height of [300, 900, 2160]) {
      for (let top = 0; top <= 80 * 1000 - height; top += 997) {
        const { first, end } = visibleRange({ top, height, row: 80, count: 1000 })
        expect(end - first).toBeLessThan(60)
        expect(first * 80).toBeLessThanOrEqual(top)
        expect(end * 80).toBeGreaterThanOrEqual(Math.min(top + height, 80_000))
      }
    }
  })

  test('a list that became shorter than the place one scrolled to shows its end', () => {
    expect(visibleRange({ top: 8000, height: 800, row: 80, count: 12 })).toEqual({ first: 4, end: 12 })
  })
})
