import { expect, test } from 'vitest'
import { chunkMarkdown, LONGEST_PASSAGE } from '../../src/knowledge/chunk.ts'

test('an article becomes one passage per heading, under the title of its front matter', () => {
  const source = '---\ntitle: "Return policy"\n---\n# Returning\n\nWithin 30 days.\n\n## How\n\nPrint the label.\n'
  expect(chunkMarkdown(source, 'returns')).toEqual([
    { title: 'Return policy', heading: 'Returning', text: 'Within 30 days.' },
    { title: 'Return policy', heading: 'How', text: 'Print the label.' },
  ])
})

test('without front matter the first main heading is the title, and without any the file name', () => {
  expect(chunkMarkdown('# Repairs\n\nFree.', 'x')).toEqual([{ title: 'Repairs', heading: '', text: 'Free.' }])
  expect(chunkMarkdown('Free.', 'repairs')).toEqual([{ title: 'repairs', heading: '', text: 'Free.' }])
})

test('a heading sign inside a code fence is text', () => {
  const [only, ...rest] = chunkMarkdown('## Reset\n\n```\n# not a heading\n```\n', 'x')
  expect(rest).toEqual([])
  expect(only?.text).toContain('# not a heading')
})

test('a section without text makes no passage, and Windows line ends do not matter', () => {
  expect(chunkMarkdown('---\r\ntitle: A\r\n---\r\n## Empty\r\n\r\n## Full\r\nText.\r\n', 'x')).toEqual([
    { title: 'A', heading: 'Full', text: 'Text.' },
  ])
})

test('a long section is cut between paragraphs, and a long paragraph anywhere, so that no passage is too long', () => {
  const paragraphs = Array.from({ length: 10 }, (_, index) => `${index} ${'word '.repeat(80)}`.trim())
  const chunks = chunkMarkdown(`## Long\n\n${paragraphs.join('\n\n')}\n\n${'x'.repeat(4_000)}`, 'x')
  expect(chunks.length).toBeGreaterThan(4)
  expect(Math.max(...chunks.map(({ text }) => text.length))).toBeLessThanOrEqual(LONGEST_PASSAGE)
  expect(chunks.map(({ text }) => text).join('')).toContain(paragraphs[9])
})
