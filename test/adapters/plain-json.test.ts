import { expect, test } from 'vitest'
import { parsePlainJson } from '../../src/adapters/plain-json.ts'
import { retryAfterOf } from '../../src/adapters/retry-after.ts'
import { readToolCalls } from '../../src/adapters/tool-arguments.ts'

test.each([
  ['{"a":[1,null,"x"]}', { a: [1, null, 'x'] }],
  ['null', null],
  ['{', undefined],
  ['', undefined],
  ['[]'.repeat(2), undefined],
  [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, undefined],
  [String.raw`{"a\u0000":"x\u0000y\ud83d"}`, { a: 'xy\ufffd' }],
])('JSON case %# is read as plain data or not at all', (text, value) => {
  expect(parsePlainJson(text)).toEqual(value)
})

test('64 levels are read and 65 are not', () => {
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
  expect([parsePlainJson(nested(64)) === undefined, parsePlainJson(nested(65)) === undefined]).toEqual([false, true])
})

test.each([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after-ms': '250' }, 250],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:30 GMT' }, 20_000],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:01 GMT' }, 0],
  [{ 'retry-after': '999999' }, 3_600_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('the header %o asks for a wait of %o ms', (headers, wait) => {
  expect(retryAfterOf(new Headers(headers as Record<string, string>), 10_000)).toBe(wait)
})

test('what a model writes as arguments is parsed, or says what is wrong with it', () => {
  expect(
    readToolCalls([
      { id: 'c1', name: 'order_status', arguments: '{"order":"12345"}' },
      { id: 'c1', name: 'list_orders', arguments: '' },
      { id: '', name: 'x', arguments: '{"order":' },
      { id: 'c4', name: 'x', arguments: '[1]' },
    ]),
  ).toEqual([
    { id: 'c1', tool: 'order_status', input: { order: '12345' } },
    { id: 'c1_2', tool: 'list_orders', input: {} },
    { id: 'call_3', tool: 'x', input: {}, problem: 'The arguments are not valid JSON.' },
    { id: 'c4', tool: 'x', input: {}, problem: 'The arguments are not a JSON object.' },
  ])
})
