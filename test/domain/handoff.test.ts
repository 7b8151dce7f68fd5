import { describe, expect, test } from 'vitest'
import { actsOf, ACTS, deadlineOf, LIVE_STATES, nextStep, type Standing } from '../../src/domain/handoff.ts'
import { DEFAULT_POLICY, type PeoplePolicy } from '../../src/domain/policy.ts'

const minute = 60_000
const now = Date.parse('2026-11-30T15:00:00Z')
const policy = DEFAULT_POLICY.people
const deadline = (standing: Partial<Standing>, people: PeoplePolicy = policy) => {
  const whole: Standing = { state: 'offered', waiting: true, missed: 0, priority: 'normal', ...standing }
  return (deadlineOf(whole, people, now) - now) / minute
}

describe('H4: every live state of a handoff has a next step, however often its deadline is missed', () => {
  test.each([
    ['offered', true, ['offer_again', 'page', 'own_up', 'page_again', 'page_again']],
    ['offered', false, ['offer_again', 'hand_back', 'hand_back', 'hand_back', 'hand_back']],
    ['seen', true, ['offer_again', 'page', 'own_up', 'page_again', 'page_again']],
    ['seen', false, ['offer_again', 'hand_back', 'hand_back', 'hand_back', 'hand_back']],
    ['claimed', true, ['remind', 'release', 'release', 'release', 'release']],
    ['claimed', false, ['nudge', 'hand_back', 'hand_back', 'hand_back', 'hand_back']],
    ['answered', true, ['nudge', 'release', 'release', 'release', 'release']],
    ['answered', false, ['nudge', 'hand_back', 'hand_back', 'hand_back', 'hand_back']],
  ] as const)('%s, the customer waits: %s', (state, waiting, steps) => {
    expect([0, 1, 2, 3, 40].map((missed) => nextStep({ state, waiting, missed }))).toEqual(steps)
  })

  test('whatever is done, somebody outside is told, and the customer hears of every step that concerns them', () => {
    for (const state of LIVE_STATES) {
      for (const missed of [0, 1, 2, 3]) {
        for (const waiting of [true, false]) expect(actsOf(nextStep({ state, waiting, missed })).notice).toBeTruthy()
      }
    }
    const told = Object.entries(ACTS).flatMap(([step, acts]) => ('tell' in acts ? [[step, acts.tell]] : []))
    expect(Object.fromEntries(told)).toEqual({
      offer_again: 'handoff_still_waiting',
      page: 'handoff_late_again',
      own_up: 'handoff_no_time',
      remind: 'handoff_still_waiting',
      release: 'handoff_taken_back',
    })
  })
})

describe('H4: deadlines come from the desk’s policy', () => {
  test.each<[Partial<Standing>, number]>([
    [{}, 15],
    [{ priority: 'urgent' }, 5],
    [{ state: 'seen', priority: 'low' }, 60],
    [{ state: 'claimed' }, 10],
    [{ state: 'answered' }, 20],
    [{ state: 'answered', waiting: false }, 24 * 60],
    [{ state: 'claimed', waiting: false, priority: 'urgent' }, 24 * 60],
    // Pages come further and further apart, an hour at most.
    [{ priority: 'urgent', missed: 3 }, 10],
    [{ priority: 'urgent', missed: 4 }, 20],
    [{ priority: 'urgent', missed: 30 }, 60],
  ])('%o: after %d minutes', (standing, minutes) => expect(deadline(standing)).toBe(minutes))

  test('they count hours of work only, but for danger', () => {
    const hours = {
      timeZone: 'UTC',
      week: { mon: [{ from: '09:00', to: '15:05' }], tue: [{ from: '09:00', to: '15:00' }] },
    }
    const people = { ...policy, hours }
    expect(deadline({}, people)).toBe(18 * 60 + 10)
    expect(deadline({ priority: 'urgent' }, people)).toBe(5)
  })
})
