// Single keys act outside of fields only, and can be switched off (WCAG 2.1.4) [H5].
import { expect, test } from 'vitest'
import { keyOf } from '../../../web/console/keys/key-layers.ts'

const pressed = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  target: null,
  ...more,
})

test.each([
  ['a letter', pressed('C'), 'c'],
  ['a letter in a text', pressed('c', { target: { tagName: 'TEXTAREA' } }), undefined],
  ['a letter in the search', pressed('c', { target: { tagName: 'INPUT', type: 'search' } }), undefined],
  ['a letter on a checkbox', pressed('c', { target: { tagName: 'INPUT', type: 'checkbox' } }), 'c'],
  ['a letter of the browser', pressed('c', { ctrlKey: true }), undefined],
  ['a letter being composed', pressed('c', { isComposing: true }), undefined],
  ['Escape in a text', pressed('Escape', { target: { tagName: 'TEXTAREA' } }), 'Escape'],
  ['the map', pressed('?'), '?'],
] as const)('%s', (_, event, expected) => {
  expect(keyOf(event, true)).toBe(expected)
})

test('switched off, only Escape is left', () => {
  const keys = ['c', '?', 'Enter', 'Escape'].map((key) => keyOf(pressed(key), false))
  expect(keys).toEqual([undefined, undefined, undefined, 'Escape'])
})
