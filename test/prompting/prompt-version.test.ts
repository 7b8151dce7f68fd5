import { expect, test } from 'vitest'
import { desk } from '../../src/desks/electronics-store/desk.ts'
import { promptVersion } from '../../src/prompting/prompt-version.ts'

const [first, second] = desk.specialists

test('each specialist has a version, the same at every start, and small talk has one too (H7)', () => {
  const versions = [...desk.specialists, null].map((specialist) => promptVersion(desk, specialist))
  expect(new Set(versions).size).toBe(versions.length)
  for (const version of versions) expect(version).toMatch(/^[0-9a-f]{12}$/)
  expect([...desk.specialists, null].map((specialist) => promptVersion({ ...desk }, specialist))).toEqual(versions)
})

test('a word of the instructions or of a tool changes the version of whoever reads it, and of nobody else', () => {
  if (!first || !second) throw new Error('the desk has two specialists')
  const before = [first, second].map((one) => promptVersion(desk, one))
  const reworded = { ...first, instructions: `${first.instructions} Be brief.` }
  const changed = { ...desk, specialists: desk.specialists.map((one) => (one === first ? reworded : one)) }
  expect(promptVersion(changed, reworded)).not.toBe(before[0])
  expect(promptVersion(changed, second)).toBe(before[1])
  const tools = desk.tools.map((tool) => (tool.name === first.tools[0] ? { ...tool, description: 'other' } : tool))
  expect(promptVersion({ ...desk, tools }, first)).not.toBe(before[0])
  expect(promptVersion({ ...desk, instructions: 'other' }, second)).not.toBe(before[1])
})
