import { expect, test } from 'vitest'
import { readArguments } from '../../evals/arguments.ts'

test('a file is enough', () => {
  expect(readArguments(['--utterances', 'a.jsonl'])).toEqual({ utterances: 'a.jsonl', concurrency: 8 })
})
test('everything can be given', () => {
  const args = ['--utterances', 'a.jsonl', '--limit', '5', '--concurrency', '2', '--json', 'out.json']
  expect(readArguments(args)).toEqual({ utterances: 'a.jsonl', limit: 5, concurrency: 2, json: 'out.json' })
})
test('what is missing or no number is said with the usage', () => {
  expect(() => readArguments([])).toThrow('npm run eval -- --utterances FILE')
  expect(() => readArguments(['--utterances', 'a', '--limit', '0'])).toThrow('--limit is a number of at least 1')
})
