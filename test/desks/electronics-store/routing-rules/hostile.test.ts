import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { routingRules } from '../../../../src/desks/electronics-store/routing-rules/routing-rules.ts'
import { facts } from '../../../../src/desks/electronics-store/facts.ts'
import { desk } from '../../../../src/desks/electronics-store/desk.ts'
import { findFacts } from '../../../../src/domain/memory.ts'
import { route } from './route.ts'

const pieces = [
  'order ',
  'talk to a ',
  'real ',
  'human ',
  'the ',
  'is ',
  'my ',
  'not ',
  'hello ',
  'thanks ',
  'so ',
  'please ',
  'yes ',
  '12345 ',
  '1',
  ' ',
  '\n',
  '#',
  'smell ',
  'i am really ',
  'you are such ',
  'connect ',
  'phone ',
  'mit einem ',
  'z ',
  '人間',
  '\u0301',
  'ﷺ',
  '\u{1F600}',
  "don't want to ",
  'has been ',
  'i have ',
  ',',
  '.',
]

test('no rule throws, whatever the text', () => {
  const texts = oneof(
    string({ unit: 'binary', maxLength: 300 }),
    array(constantFrom(...pieces), { maxLength: 60 }).map((words) => words.join('')),
  )
  assert(
    property(texts, constantFrom('order', 'account', null), (text, lastIntent) => {
      const routed = route(text, lastIntent)
      for (const prefetch of routed?.prefetch ?? []) {
        const tool = desk.tools.find(({ name }) => name === prefetch.tool)
        expect(tool?.input.safeParse(prefetch.input).success).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('no rule and no pattern runs away on 5,000 characters of its own words: one that does would outlast the test', () => {
  const claims = desk.tools.flatMap((tool) => (tool.effect === 'write' ? (tool.claims ?? []) : []))
  const texts = [...pieces, ...pieces.map((piece, index) => piece + (pieces[(index * 7 + 3) % pieces.length] ?? ''))]
  for (const piece of texts) {
    const text = piece.repeat(Math.ceil(5_000 / piece.length)).slice(0, 5_000)
    for (const rule of routingRules) expect(() => rule.decide(text, { lastIntent: 'order', facts: [] })).not.toThrow()
    for (const claim of claims) claim.test(text)
    findFacts(facts, text)
  }
})
