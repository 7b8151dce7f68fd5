// Time left as the look draws it: ring, wedge, tag (look.md, Urgency) [H4].
import { expect, test } from 'vitest'
import { timeLeft } from '../../../web/shared/time-left.ts'

const NOW = Date.parse('2026-11-21T14:00:00Z')
const at = (seconds: number) => NOW + seconds * 1000

test.each([
  ['calm over half', 590, -10, { stage: 'calm', text: '9:50', spoken: '9 minutes 50 seconds left', percent: 98 }],
  ['calm without seconds', 1500, -10, { stage: 'calm', text: '25 min', spoken: '25 minutes left', percent: 99 }],
  [
    'soon under half',
    400,
    -500,
    { stage: 'soon', text: '6:40 left', spoken: '6 minutes 40 seconds left', percent: 44 },
  ],
  [
    'soon under five minutes',
    278,
    0,
    { stage: 'soon', text: '4:38 left', spoken: '4 minutes 38 seconds left', percent: 100 },
  ],
  ['the last second', 0, -600, { stage: 'soon', text: '0:00 left', spoken: '0 seconds left', percent: 0 }],
  [
    'over, counting up',
    -72,
    -600,
    { stage: 'over', text: '1:12 over', spoken: '1 minute 12 seconds over', percent: 0 },
  ],
  [
    'over for an hour',
    -3660,
    -9000,
    { stage: 'over', text: '1 h 1 min over', spoken: '1 hour 1 minute over', percent: 0 },
  ],
] as const)('%s', (_, deadline, from, expected) => {
  expect(timeLeft(at(deadline), NOW, at(from))).toEqual(expected)
})

test('without a beginning only the five minutes count', () => {
  expect(timeLeft(at(301), NOW)).toMatchObject({ stage: 'calm', text: '5:01', percent: 100 })
  expect(timeLeft(at(299), NOW)).toMatchObject({ stage: 'soon', percent: 100 })
  expect(timeLeft(at(3 * 86_400), NOW)).toMatchObject({ stage: 'calm', text: '3 days', spoken: '3 days left' })
})
