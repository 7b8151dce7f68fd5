// Numbers of the supervisor's page as words [H5].
import { expect, test } from 'vitest'
import {
  axisDay,
  changeWords,
  costOfOne,
  costWords,
  dayRange,
  dollars,
  reasonWords,
  share,
  shareOfUp,
  wait,
} from '../../../web/console/supervisor/words.ts'

test.each([
  [null, '–'],
  [0, '0 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [112, '1 min 52 s'],
  [3599.6, '1 h'],
  [5400, '1 h 30 min'],
])('a wait of %s seconds is %s', (seconds, words) => {
  expect(wait(seconds)).toBe(words)
})

test.each([
  [0.0004, '0.04 cents'],
  [0.01, '1.0 cent'],
  [0.039, '3.9 cents'],
  [1.2, '$1.20'],
])('a conversation of %s dollars cost %s', (amount, words) => {
  expect(costWords(amount)).toBe(words)
})

test('amounts show the digits that say something', () => {
  expect([null, 0, 0.0004, 0.036, 1.5].map(dollars)).toEqual(['–', '$0', '$0.0004', '$0.036', '$1.50'])
})

test('nothing that was not counted is shown as zero', () => {
  expect([share(null), shareOfUp({ up: 0, down: 0 }), wait(undefined)]).toEqual(['–', '–', '–'])
  expect(costOfOne({ cost_usd: '0.000000', conversations: 0 })).toBeNull()
})

test('shares are per cent', () => {
  expect([share(0.827), share(0.8, 0), shareOfUp({ up: 412, down: 31 })]).toEqual(['82.7 %', '80 %', '93 %'])
})

test('a range of days names each month once', () => {
  expect([
    dayRange('2026-11-08', '2026-11-21'),
    dayRange('2026-10-28', '2026-11-10'),
    dayRange('2026-11-08', '2026-11-08'),
  ]).toEqual(['8 to 21 November', '28 October to 10 November', '8 November'])
  expect([
    axisDay('2026-11-08', undefined),
    axisDay('2026-11-11', '2026-11-08'),
    axisDay('2026-12-01', '2026-11-30'),
  ]).toEqual(['8 Nov', '11', '1 Dec'])
})

test('a reason that this page does not know is shown as it is, whatever it is called', () => {
  expect(['person_requested', 'constructor', 'new_reason'].map(reasonWords)).toEqual([
    'Asked for a person',
    'constructor',
    'new_reason',
  ])
})

test('a change says what changed, and as much of its version as tells it apart', () => {
  const desk = 'electronics-store'
  expect([
    changeWords({ at: '', kind: 'policy', desk, specialist: null, version: 'electronics-store-2026-11-21' }),
    changeWords({ at: '', kind: 'policy', desk, specialist: null, version: '7' }),
    changeWords({ at: '', kind: 'prompt', desk, specialist: 'order', version: '3f9c41d0aa17' }),
  ]).toEqual(['policy 2026-11-21', 'policy 7', 'order, prompt 3f9c41'])
})
