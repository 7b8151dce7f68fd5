// Holds the import table of docs/architecture.md: which room may import which, and of some rooms only types.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf } from './support/imports.ts'
import type { Import } from './support/imports.ts'

const ROOT = resolve(import.meta.dirname, '..')
const LINES_AT_MOST = 400

/** What a room may import besides itself: another room, one file of it, or `type X` for types of X only. */
const ROOMS: Record<string, string[]> = {
  domain: [],
  guardrails: ['domain'],
  ports: ['type domain'],
  workflows: ['domain', 'type activities'],
  kernel: ['domain', 'type ports'],
  desks: ['domain', 'type ports'],
  channels: ['domain', 'desks/types.ts', 'type ports'],
  prompting: ['domain', 'desks/types.ts', 'type ports'],
  llm: ['domain', 'telemetry', 'type ports'],
  knowledge: ['domain', 'telemetry', 'type ports'],
  activities: [
    'domain',
    'kernel',
    'guardrails',
    'desks/types.ts',
    'prompting',
    'channels',
    'llm',
    'knowledge',
    'telemetry',
    'type ports',
  ],
  adapters: ['domain', 'telemetry', 'type ports'],
  relay: ['kernel', 'temporal', 'telemetry', 'type ports'],
  temporal: ['domain', 'workflows/messages.ts'],
  telemetry: ['domain', 'workflows/messages.ts'],
  api: ['domain', 'kernel', 'guardrails', 'channels', 'temporal', 'telemetry', 'type ports', 'workflows/messages.ts'],
}
/** They may import anything, and no room may import them. Files right in src/ and in src/startup/ are wiring, too. */
const WIRING =
  /^(src\/[^/]+$|src\/startup\/|src\/api\/server\.ts$|(scripts|evals|stack|faults|bench|simulator|planted|test)\/)/
/** Packages that only these rooms may know. */
const PACKAGES: Record<string, string[]> = {
  pg: ['adapters'],
  ioredis: ['adapters'],
  soap: ['adapters', 'desks'],
  '@electric-sql/pglite': ['adapters'],
  kysely: ['kernel', 'adapters', 'relay', 'api'],
}
const WITHOUT_NODE = ['domain', 'guardrails', 'workflows', 'ports']

interface Source {
  path: string
  text: string
  imports: Import[]
}

const FOLDERS = [
  'src',
  'sandbox',
  'web',
  'scripts',
  'evals',
  'stack',
  'faults',
  'bench',
  'simulator',
  'planted',
  'test',
].filter((folder) => existsSync(join(ROOT, folder)))
const sources: Source[] = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT })).map(
  (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    return { path, text, imports: importsOf(text) }
  },
)

/** Path from the root of what a relative import names. */
function targetOf(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(from), specifier)) : undefined
}

function roomOf(path: string): string | undefined {
  const room = /^src\/([^/]+)\//.exec(path)?.[1]
  return room !== undefined && !WIRING.test(path) ? room : undefined
}

function breachOf(room: string, from: string, { specifier, typeOnly }: Import): string | undefined {
  const target = targetOf(from, specifier)
  if (target === undefined) return packageBreach(room, specifier)
  if (WIRING.test(target)) return 'is wiring, which nobody imports'
  const other = roomOf(target)
  if (other === room) return deskBreach(from, target)
  const allowed = (ROOMS[room] ?? []).some((rule) => {
    if (rule.startsWith('type ')) return typeOnly && other === rule.slice('type '.length)
    return rule === other || `src/${rule}` === target
  })
  return allowed ? undefined : `${room} may not import ${typeOnly ? 'types of ' : ''}${other ?? target}`
}

function packageBreach(room: string, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) return WITHOUT_NODE.includes(room) ? `${room} uses no node built-ins` : undefined
  const name = Object.keys(PACKAGES).find((name) => specifier === name || specifier.startsWith(`${name}/`))
  if (name !== undefined && !PACKAGES[name]?.includes(room)) return `${room} does not know ${name}`
  const temporal = specifier.startsWith('@temporalio/') && !specifier.startsWith('@temporalio/workflow')
  if (room === 'workflows' && temporal && specifier !== '@temporalio/common')
    return 'workflows know only @temporalio/workflow'
  return undefined
}

/** A desk never imports another desk. */
function deskBreach(from: string, target: string): string | undefined {
  const [own, other] = [from, target].map((path) => /^src\/desks\/([^/]+)\//.exec(path)?.[1])
  return own !== undefined && other !== undefined && own !== other ? 'is another desk' : undefined
}

function breachesIn(files: Source[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const room = roomOf(path)
    if (room === undefined) return []
    return imports.flatMap((each) => {
      const breach = breachOf(room, path, each)
      return breach === undefined ? [] : [`${path} -> ${each.specifier}: ${breach}`]
    })
  })
}

describe('architecture', () => {
  test('every folder of src is a room of the table', () => {
    const rooms = new Set(sources.flatMap(({ path }) => roomOf(path) ?? []))
    expect([...rooms].filter((room) => !Object.hasOwn(ROOMS, room))).toEqual([])
    expect(rooms.size).toBeGreaterThan(10)
  })

  test('rooms import only what the table allows', () => {
    expect(breachesIn(sources)).toEqual([])
  })

  test('a breach of the table is found', () => {
    const invented = (path: string, text: string): Source => ({ path, text, imports: importsOf(text) })
    const breaches = breachesIn([
      invented('src/domain/floor.ts', "import { now } from '../kernel/kernel.ts'"),
      invented('src/workflows/turn.ts', "import { answer } from '../activities/answer.ts'"),
      invented('src/workflows/turn.ts', "import type { Activities } from '../activities/types.ts'"),
      invented('src/kernel/kernel.ts', "import { Pool } from 'pg'"),
      invented('src/domain/json.ts', "import { readFileSync } from 'node:fs'"),
      invented('src/api/app.ts', "import { readConfig } from '../config.ts'"),
      invented('src/desks/one/desk.ts', "import { tool } from '../other/tool.ts'"),
    ])
    expect(breaches.map((breach) => breach.split(':')[0])).toEqual([
      'src/domain/floor.ts -> ../kernel/kernel.ts',
      'src/workflows/turn.ts -> ../activities/answer.ts',
      'src/kernel/kernel.ts -> pg',
      'src/domain/json.ts -> node',
      'src/api/app.ts -> ../config.ts',
      'src/desks/one/desk.ts -> ../other/tool.ts',
    ])
  })

  test('web and sandbox import nothing from outside of themselves', () => {
    const breaches = sources.flatMap(({ path, imports }) => {
      const [room = ''] = /^(web|sandbox)\//.exec(path) ?? []
      const targets = imports.flatMap(({ specifier }) => targetOf(path, specifier) ?? [])
      return targets.filter((target) => room !== '' && !target.startsWith(room)).map((target) => `${path} -> ${target}`)
    })
    expect(breaches).toEqual([])
  })

  test('nothing imports tests, and there are no cycles', () => {
    const graph = new Map(
      sources.map(({ path, imports }) => {
        const loaded = imports.filter(({ typeOnly }) => !typeOnly)
        return [path, loaded.flatMap(({ specifier }) => targetOf(path, specifier) ?? [])]
      }),
    )
    const outsideTests = [...graph].filter(([path]) => !path.startsWith('test/'))
    expect(outsideTests.filter(([, targets]) => targets.some((target) => target.startsWith('test/')))).toEqual([])
    expect(findCycle(graph)).toBeUndefined()
  })

  test('only config.ts reads process.env', () => {
    const reads = /process\.env|\benv\b.*from 'node:process'/
    const ours = sources.filter(({ path }) => path.startsWith('src/'))
    const readers = ours.filter(({ text }) => reads.test(withoutComments(text)))
    expect(readers.map(({ path }) => path)).toEqual(['src/config.ts'])
  })

  test('there is no `export *` and no default export', () => {
    const breaches = sources.filter(({ text }) => /^\s*export\s+(\*|default\b)/m.test(withoutComments(text)))
    expect(breaches.map(({ path }) => path)).toEqual([])
  })

  test(`no file has more than ${LINES_AT_MOST} lines, and each name is kebab-case and says something`, () => {
    const long = sources.filter(({ text }) => text.split('\n').length > LINES_AT_MOST + 1)
    expect(long.map(({ path }) => path)).toEqual([])
    const vague = /(^|[/-])(utils?|helpers?|managers?|common)([-./]|$)/
    const named = sources.filter(({ path }) => vague.test(path) || !/^[a-z0-9./_-]+$/.test(path))
    expect(named.map(({ path }) => path)).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

function findCycle(graph: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>()
  const visit = (path: string, trail: string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return undefined
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path])
      if (cycle !== undefined) return cycle
    }
    done.add(path)
    return undefined
  }
  for (const path of graph.keys()) {
    const cycle = visit(path, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
