import { describe, expect, test } from 'vitest'
import { cameBack } from '../../src/domain/came-back.ts'
import { HANDOFF_REASONS } from '../../src/domain/escalation.ts'
import { suggest } from '../../src/domain/suggestions.ts'

describe('H1: what a tool came back with is one line', () => {
  test.each([
    [
      'ok',
      { status: 'shipped', tracking: 'ZX81', eta: { day: 'Friday' } },
      'status: shipped, tracking: ZX81, day: Friday',
    ],
    ['failed', { error: 'system_did_not_answer' }, 'error: system_did_not_answer'],
    ['ok', { passages: [1, 2], empty: '', nothing: null }, 'passages: 2'],
    ['ok', [1, 2, 3], '3 found'],
    ['ok', null, ''],
    ['ok', undefined, ''],
    [null, undefined, 'no result yet'],
  ])('%s %o', (outcome, data, line) => expect(cameBack(outcome, data)).toBe(line))

  test('it is short, on one line, and well-formed whatever it holds', () => {
    const line = cameBack('ok', Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`k${n}`, '😀\n'.repeat(99)])))
    expect(line.length).toBeLessThanOrEqual(160)
    expect(line.isWellFormed()).toBe(true)
    expect(line).not.toContain('\n')
  })
})

describe('H1: a brief suggests what to do and what to say', () => {
  const about = { tried: [], facts: [{ kind: 'order', value: '12345' }], customerName: 'Ada Park', locale: 'en' }

  test('for every reason there is a step, with nothing left to fill in', () => {
    for (const reason of HANDOFF_REASONS) {
      for (const locale of ['en', 'de-AT', 'fr']) {
        for (const customerName of ['Ada Park', null]) {
          const { suggested_next_step: step, suggested_reply: reply } = suggest({
            ...about,
            reason,
            locale,
            customerName,
          })
          expect(step).toMatch(/^[^{}]{10,}$/)
          if (reply !== null) expect(reply).toMatch(/^[^{}]{10,}$/)
        }
      }
    }
  })

  test('it names the write whose outcome nobody knows, the customer and their order', () => {
    const tried = [{ tool: 'cancel_order', outcome: 'unknown', came_back: '' }]
    expect(suggest({ ...about, reason: 'unknown_outcome', tried })).toEqual({
      suggested_next_step: 'Look in the business system whether cancel_order happened, then rule on it.',
      suggested_reply:
        'Hello Ada. I am checking (order 12345) whether the change was made. Nothing is done twice; I write here what I find.',
    })
    expect(suggest({ ...about, reason: 'person_requested', locale: 'de' }).suggested_reply).toBe(
      'Guten Tag Ada. Ich habe alles gelesen und kümmere mich jetzt darum (Bestellung 12345).',
    )
  })
})
