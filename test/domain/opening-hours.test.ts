import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byTime, onTime } from '../../src/domain/clock-words.ts'
import { afterWork, isOpen, opensAt, type OpeningHours } from '../../src/domain/opening-hours.ts'
import { hours as shop } from '../../src/desks/electronics-store/policies.ts'

const at = (text: string) => Date.parse(text)
const iso = (time: number) => new Date(time).toISOString()
const minute = 60_000
const hour = 60 * minute

describe('H4: opening hours are data in the desk’s own time zone', () => {
  test.each([
    ['2026-11-30T13:00:00Z', true, 'Monday 8:00 in New York'],
    ['2026-11-30T12:59:59Z', false, 'a second before'],
    ['2026-12-01T01:00:00Z', false, 'Monday 20:00'],
    ['2026-11-29T15:00:00Z', false, 'Sunday'],
    ['2026-11-28T21:59:00Z', true, 'Saturday 16:59'],
    ['2026-12-25T15:00:00Z', false, 'a Friday, but Christmas'],
    ['2026-11-26T15:00:00Z', false, 'Thanksgiving'],
    ['2026-07-06T12:00:00Z', true, 'Monday 8:00 in summer time'],
  ])('%s: %s (%s)', (time, open) => expect(isOpen(shop, at(time))).toBe(open))

  test('the next opening is found over nights, Sundays, holidays and the change to summer time', () => {
    expect(iso(opensAt(shop, at('2026-11-28T22:30:00Z')))).toBe('2026-11-30T13:00:00.000Z')
    expect(iso(opensAt(shop, at('2026-12-25T15:00:00Z')))).toBe('2026-12-26T14:00:00.000Z')
    expect(iso(opensAt(shop, at('2026-03-07T23:00:00Z')))).toBe('2026-03-09T12:00:00.000Z')
  })

  test('a wait counts hours of work', () => {
    expect(iso(afterWork(shop, at('2026-11-28T21:50:00Z'), 15 * minute))).toBe('2026-11-30T13:05:00.000Z')
    expect(iso(afterWork(shop, at('2026-11-30T14:00:00Z'), 15 * minute))).toBe('2026-11-30T14:15:00.000Z')
    expect(iso(afterWork(null, at('2026-11-29T14:00:00Z'), hour))).toBe('2026-11-29T15:00:00.000Z')
  })

  test('hours without any span never swallow a wait', () => {
    const never: OpeningHours = { timeZone: 'UTC', week: {} }
    expect(afterWork(never, 0, hour)).toBe(hour)
    expect(opensAt(never, 5)).toBe(5)
  })

  test('whenever one asks, work ends after at least the wait, within opening hours, and later questions end no earlier', () => {
    const when = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-01T00:00:00Z') })
    fc.assert(
      fc.property(
        when,
        fc.integer({ min: 1, max: 30 * 60 }),
        fc.integer({ min: 0, max: 72 * 60 }),
        (now, wait, later) => {
          const ends = afterWork(shop, now, wait * minute)
          expect(ends - now).toBeGreaterThanOrEqual(wait * minute)
          expect(isOpen(shop, ends - 1)).toBe(true)
          expect(afterWork(shop, now + later * minute, wait * minute)).toBeGreaterThanOrEqual(ends)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('H4: times are said in the customer’s zone and language', () => {
  const now = at('2026-11-30T13:05:00Z')
  const read = (time: string, timeZone: string, language: string) => {
    const clock = { at: at(time), now, timeZone }
    return [byTime(clock, language), onTime(clock, language)]
  }
  test.each([
    ['2026-11-30T14:12:00Z', 'Europe/Berlin', 'en', ['15:12', 'at 15:12']],
    ['2026-11-30T14:12:00Z', 'Europe/Berlin', 'de', ['15:12 Uhr', 'um 15:12 Uhr']],
    ['2026-11-30T14:12:00Z', 'UTC', 'en', ['14:12 UTC', 'at 14:12 UTC']],
    ['2026-12-01T14:05:00Z', 'America/New_York', 'en', ['Tuesday at 9:05', 'on Tuesday at 9:05']],
    ['2026-12-01T14:05:00Z', 'America/New_York', 'de', ['Dienstag um 9:05 Uhr', 'am Dienstag um 9:05 Uhr']],
    [
      '2026-12-12T14:00:00Z',
      'America/New_York',
      'en',
      ['Saturday, December 12 at 9:00', 'on Saturday, December 12 at 9:00'],
    ],
    ['2026-11-30T14:12:00Z', 'Nowhere/Town', 'en', ['14:12 UTC', 'at 14:12 UTC']],
    ['2026-11-30T14:12:00Z', 'Asia/Tokyo', 'fr', ['23:12', 'at 23:12']],
  ])('%s in %s, %s', (time, zone, language, words) => expect(read(time, zone, language)).toEqual(words))
})
