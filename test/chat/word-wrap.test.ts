import { array, assert, property, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { textWidth } from '../../scripts/chat/text-width.ts'
import { createWordWrap, wrapped } from '../../scripts/chat/word-wrap.ts'

const layout = { width: 12, indent: '> ' }

test.each([
  ['short', '> short'],
  ['one two three', '> one two\n> three'],
  ['one\n\ntwo', '> one\n\n> two'],
  ['list:\n  - a', '> list:\n>   - a'],
  ['abcdefghijklmno', '> abcdefghij\n> klmno'],
  ['漢字漢字漢字', '> 漢字漢字漢\n> 字'],
])('%j', (text, lines) => expect(wrapped(text, layout)).toBe(lines))

test('pieces of any size give the same lines as the whole, and none is too wide', () => {
  assert(
    property(array(stringMatching(/^[a-z \n]{0,9}$/)), (pieces) => {
      const wrap = createWordWrap(layout)
      const out = pieces.map((piece) => wrap.push(piece)).join('') + wrap.end()
      expect(out).toBe(wrapped(pieces.join(''), layout))
      expect(out.split('\n').length - 1).toBe(wrap.breaks())
      for (const line of out.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(layout.width)
    }),
  )
})
