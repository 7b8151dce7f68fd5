import { expect, test } from 'vitest'
import { textProblems } from '../../src/guardrails/text-input.ts'

test.each([
  ['one character', 'a', []],
  ['5,000 emoji', '😀'.repeat(5000), []],
  ['nothing', '', ['empty']],
  ['5,001 characters', 'a'.repeat(5001), ['too_long']],
  ['5,001 emoji', '😀'.repeat(5001), ['too_long']],
  ['a million characters', 'a'.repeat(1_000_000), ['too_long']],
  ['half a surrogate pair', 'a\ud83d', ['malformed_unicode']],
  ['NUL', 'a\0b', ['contains_nul']],
  ['everything at once', `\0\udc00${'a'.repeat(5000)}`, ['too_long', 'malformed_unicode', 'contains_nul']],
])('a text of %s has exactly its problems', (_, text, problems) => {
  expect(textProblems(text)).toEqual(problems)
})
