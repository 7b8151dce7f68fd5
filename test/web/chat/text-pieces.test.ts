// How a text is laid out: text, links that a browser may follow, and numbers of sources. Nothing is ever parsed as markup.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, citedPieces, linkedPieces, withoutMarks } from '../../../web/chat/conversation/text-pieces.ts'

const source = (document: string) => ({ document, title: document, passage: 'p' })

test('only http and https become links, without the punctuation around them', () => {
  expect(linkedPieces('See https://a.example/x?y=1, (http://b.example) or javascript:alert(1).')).toEqual([
    { text: 'See ' },
    { link: 'https://a.example/x?y=1' },
    { text: ', (' },
    { link: 'http://b.example' },
    { text: ') or javascript:alert(1).' },
  ])
  expect(linkedPieces('https://')).toEqual([{ text: 'https://' }])
})

test('marks of sources become their numbers; a mark of nothing stays text', () => {
  expect(
    citedPieces('30 days [returns]. Two years [warranty][other].', [source('returns'), source('warranty')]),
  ).toEqual([{ text: '30 days' }, { cites: 1 }, { text: '. Two years' }, { cites: 2 }, { text: '[other].' }])
})

test('no character of a text is lost or added, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const pieces = linkedPieces(text)
      expect(pieces.map((piece) => ('text' in piece ? piece.text : 'link' in piece ? piece.link : '')).join('')).toBe(
        text,
      )
    }),
  )
})

test('a text that is still written shows no half marks', () => {
  expect(withoutMarks('30 days [returns]. Two years [warr')).toBe('30 days. Two years')
})

test('a source may be followed only to http and https', () => {
  expect(addressOf({ ...source('a'), url: 'https://help.example/a' })).toBe('https://help.example/a')
  expect(addressOf({ ...source('a'), url: 'javascript:alert(1)' })).toBeUndefined()
  expect(addressOf(source('a'))).toBeUndefined()
})
