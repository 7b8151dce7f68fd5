import { expect, test } from 'vitest'
import { parseUtterances, readUtterances } from '../../evals/utterances.ts'

const row = (fields: Record<string, unknown>) => JSON.stringify(fields)

test('rows are read with what may be missing filled in, and other fields left out', () => {
  const text = [
    row({ id: 'A-1', text: 'An invented question', intent: 'order', also_accept: ['account'], source: 'nowhere' }),
    '',
    row({ text: 'Another one', intent: 'none' }),
  ].join('\n')
  expect(parseUtterances(text)).toEqual({
    rows: [
      { id: 'A-1', text: 'An invented question', intent: 'order', also_accept: ['account'] },
      { id: 'line-3', text: 'Another one', intent: 'none', also_accept: [] },
    ],
    problems: [],
  })
})

test('every wrong line is named with its reason, and no text of a message', () => {
  const text = [
    'not json',
    row({ id: 'A-1', text: 'secret', intent: 'weather' }),
    row({ id: 'A 2', text: 'secret', intent: 'none' }),
    row({ id: 'A-3', text: '', intent: 'none' }),
    row({ id: 'A-4', text: 'secret', intent: 'none' }),
    row({ id: 'A-4', text: 'secret', intent: 'none' }),
  ].join('\n')
  const { problems } = parseUtterances(text)
  expect(problems.map((problem) => problem.split(':').slice(0, 2).join(':'))).toEqual([
    'line 1: not a JSON object',
    'line 2: intent',
    'line 3: id',
    'line 4: text',
    'line 6: id A-4 is that of line 5',
  ])
  expect(problems.join()).not.toContain('secret')
})

test('a file that cannot be read says what to do', async () => {
  await expect(readUtterances('/nowhere.jsonl')).rejects.toThrow('npm run eval -- --utterances FILE')
})
