// Rule 1: what a run replays must not hold what people edit.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundleWorkflowCode } from '@temporalio/worker'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Paths of our own sources whose text stands in the bundle. */
async function sourcesInBundle(): Promise<{ code: string; ours: string[] }> {
  const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} }
  const { code } = await bundleWorkflowCode({ workflowsPath: join(root, 'src/workflows/index.ts'), logger: quiet })
  const map = /sourceMappingURL=data:application\/json;[^,]*base64,([A-Za-z0-9+/=]+)/.exec(code)?.[1]
  const { sources } = JSON.parse(Buffer.from(map ?? '', 'base64').toString('utf8')) as { sources: string[] }
  return {
    code,
    ours: sources.flatMap((path) => (path.includes('node_modules') ? [] : (/(src\/.*\.ts)$/.exec(path)?.[1] ?? []))),
  }
}

test('Rule 1: the workflow bundle holds workflows and nothing else of ours: no desk, prompt, price or threshold', async () => {
  const { code, ours } = await sourcesInBundle()
  const rooms = new Set(ours.map((path) => path.split('/')[1]))
  expect(ours).toContain('src/workflows/conversation.ts')
  expect([...rooms].filter((room) => room !== 'workflows' && room !== 'domain')).toEqual([])
  const edited = ['src/desks/electronics-store/catalogue.ts', 'src/prompting/router-prompt.ts', 'src/llm/prices.ts']
  for (const path of edited) {
    const sentences = readFileSync(join(root, path), 'utf8').match(/'[^'\n]{40,}'/g) ?? []
    for (const sentence of sentences) expect(code).not.toContain(sentence.slice(1, -1))
  }
  expect(code).not.toMatch(/scripted-small|gpt-\d|cancel_order/)
})

test('Rule 1: no file of the workflow room imports a value from outside it, except domain and the SDK', () => {
  const breaches = readdirSync(join(root, 'src/workflows')).flatMap((file) => {
    const text = readFileSync(join(root, 'src/workflows', file), 'utf8')
    return [...text.matchAll(/^import (?!type )[^'"]*from '([^']+)'/gm)].flatMap((match) => {
      const from = match[1] ?? ''
      return /^(\.\/|\.\.\/domain\/|@temporalio\/(workflow|common)$)/.test(from) ? [] : [`${file} -> ${from}`]
    })
  })
  expect(breaches).toEqual([])
})
