import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskCardNumbers } from '../../src/guardrails/card-numbers.ts'

const VISA = '4111111111111111'

/** A Luhn-valid number of a brand, from its first digits and random ones. */
const cards = fc
  .tuple(
    fc.constantFrom(
      ['4', 16],
      ['4', 19],
      ['51', 16],
      ['2221', 16],
      ['37', 15],
      ['36', 14],
      ['6011', 16],
      ['3528', 16],
      ['62', 19],
    ) as fc.Arbitrary<[string, number]>,
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 20, maxLength: 20 }),
  )
  .map(([[prefix, length], random]) => {
    const body = [...prefix.split('').map(Number), ...random].slice(0, length - 1)
    const sum = body.toReversed().reduce((total, digit, index) => {
      const doubled = index % 2 === 0 ? digit * 2 : digit
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
    return [...body, (10 - (sum % 10)) % 10].join('')
  })

const digitsOf = (text: string): string => text.replace(/\D/g, '')

describe('card numbers', () => {
  test.each([
    ['plain', VISA, '************1111'],
    ['spaces', '4111 1111 1111 1111', '**** **** **** 1111'],
    ['dashes', '4111-1111-1111-1111', '****-****-****-1111'],
    ['dots', '4111.1111.1111.1111', '****.****.****.1111'],
    ['no-break spaces and en dashes', '4111\u00a01111–1111 1111', '****\u00a0****–**** 1111'],
    ['wide separators', '4111 - 1111 - 1111 - 1111', '**** - **** - **** - 1111'],
    ['one digit at a time', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '* * * * * * * * * * * * 1 1 1 1'],
    ['full-width digits', '４１１１１１１１１１１１１１１１', '************１１１１'],
    ['Arabic digits', '٤١١١١١١١١١١١١١١١', '************١١١١'],
    ['marks of no width', '4111\u200b1111\u200b1111\u200b1111', '****\u200b****\u200b****\u200b1111'],
    ['American Express', '3782 822463 10005', '**** ****** *0005'],
    ['Mastercard', '5555555555554444', '************4444'],
    ['thirteen digits', '4222222222222', '*********2222'],
    ['followed by its security code', '4111 1111 1111 1111 123', '**** **** **** 1111 123'],
    ['bold in Markdown', '**4111 1111 1111 1111**', '****** **** **** 1111**'],
    ['after a word', 'card4111111111111111', 'card************1111'],
  ])('written with %s are masked but for the last four digits', (_, text, masked) => {
    expect(maskCardNumbers(text)).toEqual({ text: masked, count: 1 })
  })

  test('several in one text are all masked', () => {
    expect(maskCardNumbers(`first ${VISA}, then 5555 5555 5555 4444.`)).toEqual({
      text: 'first ************1111, then **** **** **** 4444.',
      count: 2,
    })
  })

  test.each([
    'Where is order 12345? And 12346?',
    'orders 34567 34568 34569 and 34570',
    'tracking ZX81-5512-9034',
    'tracking 1Z 999 AA1 01 2345 6784',
    'tracking 9400 1000 0000 0000 0000 00',
    'call me at +49 170 1234567 or +1 415 555 0132',
    'call (415) 555-0132, 415 555 0132 or 0049 30 901820',
    'two phones 415-555-0132 415-555-0133',
    'invoice INV-2026-000412 of 2026-11-21, $1,249.00',
    'my serial is 356938035643809 and the code 1234567890123456',
    'IBAN DE89 3704 0044 0532 0130 00',
    '4111 1111 1111 1112',
  ])('are not seen in "%s"', (text) => {
    expect(maskCardNumbers(text)).toEqual({ text, count: 0 })
  })

  test('of every brand, with any separators, never survive', () => {
    fc.assert(
      fc.property(
        cards,
        fc.array(fc.constantFrom('', '', ' ', '-', '.', ' - ', '\u00a0'), { minLength: 19, maxLength: 19 }),
        (card, gaps) => {
          const groups = card.replace(/(?<=^(?:.{4})+)(?=.)/g, '|').split('|')
          const text = groups
            .map((group, index) => group + (index < groups.length - 1 ? (gaps[index] ?? '') : ''))
            .join('')
          const masked = maskCardNumbers(`My card is ${text}, thanks`)
          expect(masked.count).toBe(1)
          expect(digitsOf(masked.text)).toBe(card.slice(-4))
        },
      ),
    )
  })

  test('masked twice are as masked once', () => {
    const pieces = fc.oneof(
      cards,
      fc.constantFrom(' ', '-', '*', '4242', 'order 12345 ', '+', '. '),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const once = maskCardNumbers(parts.join('')).text
        expect(maskCardNumbers(once)).toEqual({ text: once, count: 0 })
      }),
      { numRuns: 2000 },
    )
  })

  test('are looked for in linear time: at these lengths anything else would take hours', () => {
    for (const text of ['4 ', '4111 ', '* ', '4', '٤'].map((piece) => piece.repeat(400_000))) {
      expect(maskCardNumbers(text).text.length).toBeGreaterThan(0)
    }
  })
})
