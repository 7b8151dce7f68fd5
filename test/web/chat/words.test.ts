import { expect, test } from 'vitest'
import { de } from '../../../web/chat/words/de.ts'
import { en } from '../../../web/chat/words/en.ts'
import { toolWords } from '../../../web/chat/words/tool-words.ts'
import { wordsFor } from '../../../web/chat/words/words.ts'
import { tools } from '../../../src/desks/electronics-store/tools/tools.ts'

test('a language we have is spoken, any other is English', () => {
  expect(['de', 'de-AT', 'DE'].map(wordsFor)).toEqual([de, de, de])
  expect(['en-GB', 'fr', '', 'constructor'].map(wordsFor)).toEqual([en, en, en, en])
})

test('every tool of the demo desk has words of its own, in each language', () => {
  for (const words of [en, de]) {
    for (const { name } of tools) expect(Object.keys(words.tools)).toContain(name)
  }
})

test('a tool is told by what came of it, and nothing is called done that was not', () => {
  const run = (tool: string, outcome?: string) => toolWords({ callId: 'c', tool, outcome }, en)
  expect(run('get_order_status')).toBe('Looking up your order')
  expect(run('get_order_status', 'ok')).toBe('Looked up your order')
  expect(run('cancel_order', 'refused')).toBeUndefined()
  expect(run('cancel_order', 'unknown')).toContain('did not answer')
  expect(run('cancel_order', 'needs_approval')).toBe('Asked a colleague for consent')
  expect(run('transfer', 'transfer')).toBeUndefined()
  expect(run('restart_pod')).toBe('Working on it: restart pod')
  expect(run('constructor', 'ok')).toBe('Done: constructor')
})
