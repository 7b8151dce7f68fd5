import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardText } from '../../src/guardrails/output.ts'
import { splitSentences } from '../../src/guardrails/sentence-boundaries.ts'
import { createSentenceGate } from '../../src/guardrails/sentences.ts'
import type { HoldReason } from '../../src/guardrails/sentences.ts'
import { RULES } from './rules.ts'

function through(deltas: readonly string[], rules = RULES) {
  const released: string[] = []
  const holds: HoldReason[] = []
  const gate = createSentenceGate({
    ...rules,
    release: (text) => released.push(text),
    onHold: (reason) => holds.push(reason),
  })
  for (const delta of deltas) gate.push(delta)
  const before = [...released]
  return { before, held: gate.flush(), released, holds }
}

describe('the sentence gate', () => {
  test('lets a sentence go once the next one begins, and the last one at the end', () => {
    expect(through(['Your or', 'der ships. It', ' arrives', ' in 2 days.'])).toEqual({
      before: ['Your order ships. '],
      held: null,
      released: ['Your order ships. ', 'It arrives in 2 days.'],
      holds: [],
    })
  })

  test('shuts before a claim that the ledger does not know, and stays shut', () => {
    expect(through(['Sure. I have can', 'celled it. Any', 'thing else? Tell me.'])).toEqual({
      before: ['Sure. '],
      held: 'unsettled_effect',
      released: ['Sure. '],
      holds: ['unsettled_effect'],
    })
  })

  test('lets a settled claim through', () => {
    const settled = new Set(['cancel_order'])
    expect(through(['I have cancelled it. Bye'], { ...RULES, settled }).released.join('')).toBe(
      'I have cancelled it. Bye',
    )
  })

  test('shuts before a link that would be removed and before a false handoff', () => {
    expect(through(['See this. Go to http://evil', '.com/a now. Bye.']).held).toBe('forbidden_link')
    expect(through(["OK. I'll connect you to a human. Bye."]).held).toBe('unannounced_handoff')
  })

  test('never releases half a surrogate pair', () => {
    expect(through(['Hi \ud83d', '\ude00. Bye']).released).toEqual(['Hi 😀. ', 'Bye'])
  })

  test('shows exactly the guarded text, however it is cut, or a beginning of it', () => {
    const piece = fc.constantFrom(
      'Hello',
      ' there. ',
      'I have ',
      'cancelled ',
      'order no. ',
      '12346',
      '.',
      ' ',
      '\n',
      '- ',
      'https://shop.example/a ',
      'https://evil.com ',
      'Done! ',
      '。',
      '”',
      '😀',
      '\u200b',
      'e.g. ',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 8 }),
        (pieces, cuts) => {
          const text = pieces.join('')
          const deltas: string[] = []
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = 1 + (cuts[turn % cuts.length] ?? 0)
            deltas.push(text.slice(at, at + size))
            at += size
          }
          const shown = through(deltas)
          const whole = guardText(text, RULES)
          // Held back exactly when the whole text is changed or blocked; else nothing is missing.
          const untouched = whole.blocked === null && whole.removedLinks === 0
          expect(shown.held === null).toBe(untouched)
          expect(untouched ? shown.released.join('') : whole.text).toBe(whole.text)
          // What was shown claims nothing, also when read as a whole.
          expect(guardText(shown.released.join(''), RULES)).toMatchObject({ blocked: null, removedLinks: 0 })
        },
      ),
      { numRuns: 3000 },
    )
  })
})

test('sentences put together again are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '.', ' ', '\n', '!', '"', '。', 'no') }), (text) => {
      expect(splitSentences(text).join('')).toBe(text)
    }),
  )
})

test('a full stop in an abbreviation or a number ends nothing', () => {
  expect(splitSentences('Order no. 12 of Mr. X costs 3.50 EUR. Is it o.k.? Yes.')).toEqual([
    'Order no. 12 of Mr. X costs 3.50 EUR. ',
    'Is it o.k.? ',
    'Yes.',
  ])
})
