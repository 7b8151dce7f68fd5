import { expect, test } from 'vitest'
import { createEventParser } from '../../../web/shared/event-parser.ts'

const STREAM =
  ': connected\n\nid: 7\nevent: tool-started\ndata: {"tool":"a"}\n\nevent: message-delta\ndata: one\ndata: two\n\n: still here\n\n'
const EVENTS = [
  { event: 'tool-started', id: '7', data: '{"tool":"a"}' },
  { event: 'message-delta', id: undefined, data: 'one\ntwo' },
]

test('a stream gives the same events however it is cut into pieces', () => {
  for (const size of [1, 3, 10, STREAM.length]) {
    const parse = createEventParser()
    const pieces = Array.from({ length: Math.ceil(STREAM.length / size) }, (_, i) =>
      STREAM.slice(i * size, (i + 1) * size),
    )
    expect(pieces.flatMap(parse)).toEqual(EVENTS)
  }
})

test('an event without its empty line is not complete, and line ends may be those of Windows', () => {
  const parse = createEventParser()
  expect(parse('event: x\r\ndata: 1\r\n')).toEqual([])
  expect(parse('\r\n')).toEqual([{ event: 'x', id: undefined, data: '1' }])
})
