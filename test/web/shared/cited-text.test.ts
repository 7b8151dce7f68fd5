// Texts of the AI are laid out from pieces, never parsed as markup (architecture rule 13).
import { expect, test } from 'vitest'
import { linkOf, piecesOf, withoutMarks } from '../../../web/shared/cited-text.ts'

test('a mark becomes the number of its citation, with the space before it gone', () => {
  expect(piecesOf('Within 30 days [returns]. Free [shipping].', ['returns', 'shipping'])).toEqual([
    { text: 'Within 30 days' },
    { cites: 1 },
    { text: '. Free' },
    { cites: 2 },
    { text: '.' },
  ])
})

test('what names no citation stays text, and what is not named stands at the end', () => {
  expect(piecesOf('See [elsewhere] <b>now</b>', ['returns'])).toEqual([
    { text: 'See [elsewhere] <b>now</b>' },
    { cites: 1 },
  ])
})

test('a text that is being written shows no mark, not even half of one', () => {
  expect(withoutMarks('Within 30 days [returns]. Free [ship')).toBe('Within 30 days. Free')
})

test('only addresses of the web can be followed', () => {
  expect(linkOf('https://shop.test/returns')).toBe('https://shop.test/returns')
  expect(linkOf('javascript:alert(1)')).toBeUndefined()
  expect(linkOf(undefined)).toBeUndefined()
})
