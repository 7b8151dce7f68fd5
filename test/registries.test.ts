// A member of a registry that nobody lists is dead code that looks alive.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf } from './support/imports.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Where members are, what defines one, and the list beside them. */
const REGISTRIES = [
  { members: 'src/channels/*.ts', defines: /= defineChannel\(/, list: 'src/channels/index.ts' },
  { members: 'src/adapters/providers/*.ts', defines: /= defineProvider\(/, list: 'src/adapters/providers/index.ts' },
  { members: 'src/desks/*/desk.ts', defines: /= defineDesk\(/, list: 'src/desks/index.ts' },
  ...globSync('src/desks/*/specialists/specialists.ts', { cwd: ROOT }).map((list) => ({
    members: join(dirname(list), '*.ts'),
    defines: /= defineSpecialist\(/,
    list,
  })),
  ...globSync('src/desks/*/tools/tools.ts', { cwd: ROOT }).map((list) => ({
    members: join(dirname(list), '*.ts'),
    defines: /= deskTool\(/,
    list,
  })),
]
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8')

test.each(REGISTRIES)('every member in $members is in the list, by one import', ({ members, defines, list }) => {
  const defined = globSync(members, { cwd: ROOT }).filter((path) => defines.test(textOf(path)))
  const listed = importsOf(textOf(list)).map(({ specifier }) => join(dirname(list), specifier))
  expect(defined.length).toBeGreaterThan(0)
  expect(defined.filter((path) => listed.filter((each) => each === path).length !== 1)).toEqual([])
})

test('the registries are found', () => {
  expect(REGISTRIES.map(({ list }) => list)).toEqual(
    expect.arrayContaining(['src/desks/electronics-store/tools/tools.ts', 'src/channels/index.ts']),
  )
})
