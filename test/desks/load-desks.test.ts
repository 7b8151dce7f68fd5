import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { desks, loadDesks } from '../../src/desks/index.ts'
import { loadDesksFrom } from '../../src/desks/load-desks.ts'
import { deskProblems } from '../../src/desks/validate-desk.ts'
import type { Desk } from '../../src/desks/types.ts'

const store = firstOf(desks)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everdesk-desks-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every desk of the list is sound', () => {
  expect(desks.flatMap(deskProblems)).toEqual([])
})

test('a desk is loaded by its name', async () => {
  expect((await loadDesks(['electronics-store'])).map(({ name }) => name)).toEqual(['electronics-store'])
})

test('a desk is loaded from a module outside the repository', async () => {
  const path = join(folder, 'desk.ts')
  const source = new URL('../../src/desks/electronics-store/desk.ts', import.meta.url)
  await writeFile(
    path,
    `import { desk as store } from '${source.href}'\nexport const desk = { ...store, name: 'outside' }\n`,
  )
  expect((await loadDesks(['electronics-store', path])).map(({ name }) => name)).toEqual([
    'electronics-store',
    'outside',
  ])
})

test('unknown names, modules without a desk and modules that do not exist are all said at once', async () => {
  const path = join(folder, 'nothing.ts')
  await writeFile(path, 'export const other = 1\n')
  const problem = await loadDesks(['shop', path, join(folder, 'missing.ts')]).catch((error: unknown) => String(error))
  expect(problem).toContain('there is no desk "shop"; known: electronics-store')
  expect(problem).toContain('nothing.ts exports no `desk`')
  expect(problem).toContain('missing.ts cannot be loaded')
})

test('the same desk twice, or none at all, is refused', async () => {
  await expect(loadDesks(['electronics-store', 'electronics-store'])).rejects.toThrow('named twice')
  await expect(loadDesks([])).rejects.toThrow('no desk is named')
})

test('a broken desk is refused with every problem it has', async () => {
  const first = firstOf(store.tools)
  const broken: Desk = {
    ...store,
    name: 'broken',
    tools: [first, first, { ...first, name: 'transfer' }, { ...first, name: 'loose', input: z.object({}) }],
    specialists: [
      { name: 'one', intent: 'order', description: '', instructions: '', tools: ['no_such_tool'] },
      { name: 'one', intent: 'order', description: '', instructions: '', tools: [] },
    ],
    catalogue: { en: { ...store.catalogue.en, greeting: ' ' } },
  }
  const problem = await loadDesksFrom([broken], ['broken']).catch((error: unknown) => String(error))
  for (const expected of [
    'two specialists are named one',
    'two specialists answer the intent order',
    'specialist one uses the tool no_such_tool',
    'two tools are named look_up_customer',
    'the tool name transfer belongs to the platform',
    'the input of tool loose is not strict',
    'its ticket tool create_ticket is not in the list',
    'no English text greeting',
  ]) {
    expect(problem).toContain(expected)
  }
})

function firstOf<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new Error('the list is empty')
  return first
}
