import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const pages = ['*.md', 'docs/**/*.md'].flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
const withoutCode = (page: string) => page.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')

/** As the repository's host makes them of headings. */
const anchorsOf = (page: string): string[] =>
  [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )

function brokenLinks(path: string, text: string): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false
    const [file = '', anchor] = target.split('#')
    const full = file === '' ? join(ROOT, path) : resolve(ROOT, dirname(path), file)
    // Links out of the repository lead nowhere for whoever has only it.
    if (relative(ROOT, full).startsWith('..') || !existsSync(full)) return true
    return anchor !== undefined && !anchorsOf(readFileSync(full, 'utf8')).includes(anchor)
  })
}

test('every relative link of the pages leads somewhere', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/operations.md']))
  const broken = pages.flatMap((path) =>
    brokenLinks(path, readFileSync(join(ROOT, path), 'utf8')).map((target) => `${path} -> ${target}`),
  )
  expect(broken).toEqual([])
})

test('a broken link is found', () => {
  const text =
    '[a](README.md) [b](nowhere.md) [c](README.md#what-works) [d](README.md#nowhere) [e](../outside.md) `[f](x.md)`'
  expect(brokenLinks('SECURITY.md', text)).toEqual(['nowhere.md', 'README.md#nowhere', '../outside.md'])
})
