import { expect, test } from 'vitest'
import { createTerminalScreen } from '../../scripts/chat/terminal-screen.ts'
import type { Shown } from '../../scripts/chat/view.ts'
import { createTestTerminal } from './terminal.ts'

const AI = { show: 'begin', speaker: { role: 'ai', name: 'AI, order' } } as const
const piece = (text: string): Shown => ({ show: 'piece', text })
const line = (text: string): Shown => ({ show: 'line', text })
const END: Shown = { show: 'end', citations: [] }

function draw(things: Shown[]): { lines: string[]; prompts: string[] } {
  const terminal = createTestTerminal()
  const prompts: string[] = []
  const screen = createTerminalScreen({
    out: terminal.out,
    columns: () => 31,
    hidePrompt: () => prompts.push('hide'),
    showPrompt: () => prompts.push('show'),
  })
  screen.show(things)
  return { lines: terminal.lines(), prompts }
}

test('a reply is wrapped between words although it arrives in pieces, and the prompt comes back after it', () => {
  const pieces = ['Your ord', 'er 12345 has ship', 'ped and arrives', ' on Monday.\n\n- head', 'phones']
  expect(draw([AI, ...pieces.map(piece), END])).toEqual({
    lines: ['╌ AI, order', '  Your order 12345 has shipped', '  and arrives on Monday.', '', '  - headphones'],
    prompts: ['hide', 'show'],
  })
})

test('what is taken back leaves nothing, however many lines it had', () => {
  const long = piece('This was a mistake of several lines, as everybody could see here. ')
  const { lines } = draw([line('looked up list_orders'), AI, long, { show: 'erase' }, AI, piece('Right.'), END])
  expect(lines).toEqual(['  · looked up list_orders', '╌ AI, order', '  Right.'])
})

test('a line that comes while a reply streams in stands above it', () => {
  const { lines, prompts } = draw([
    AI,
    piece('One two three four five six '),
    line('reconnecting'),
    piece('seven.'),
    END,
  ])
  expect(lines).toEqual(['  · reconnecting', '╌ AI, order', '  One two three four five six', '  seven.'])
  expect(prompts.at(-1)).toBe('show')
  expect(prompts.filter((prompt) => prompt === 'show')).toHaveLength(1)
})

test('a line that is entered while a reply streams in brings no prompt into it', () => {
  const terminal = createTestTerminal()
  const prompts: string[] = []
  const showPrompt = () => prompts.push('show')
  const screen = createTerminalScreen({ out: terminal.out, columns: () => 31, hidePrompt: () => undefined, showPrompt })
  screen.show([AI, piece('One ')])
  screen.prompt()
  expect(prompts).toEqual([])
  screen.show([piece('two.'), END])
  screen.prompt()
  expect(prompts).toEqual(['show', 'show'])
})

test('a terminal that does not say how wide it is gets the usual width', () => {
  const terminal = createTestTerminal()
  const nothing = () => undefined
  const screen = createTerminalScreen({ out: terminal.out, columns: () => 0, hidePrompt: nothing, showPrompt: nothing })
  screen.show([AI, piece('One two three.'), END])
  expect(terminal.lines()).toContain('  One two three.')
})

test('citations stand at the end', () => {
  const citations = [{ document: 'warranty', title: 'Warranty', passage: 'Two years.' }]
  expect(draw([AI, piece('Two years.'), { show: 'end', citations }]).lines).toEqual([
    '╌ AI, order',
    '  Two years.',
    '  [warranty] Warranty',
  ])
})
