// Which desks this process serves: names from the list, or paths to modules outside this repository.
import { isAbsolute, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Desk } from './types.ts'
import { deskProblems } from './validate-desk.ts'

/**
 * The desks that `spec` names, in its order. Each entry is a name in `known`, or a path (with a slash, or a file ending)
 * to a module that exports `desk`. Throws one error that lists every problem of every entry.
 */
export async function loadDesksFrom(known: readonly Desk[], spec: readonly string[]): Promise<Desk[]> {
  const loaded = await Promise.all(spec.map((entry) => loadOne(known, entry.trim())))
  const desks = loaded.flatMap((one) => ('desk' in one ? [one.desk] : []))
  const names = desks.map(({ name }) => name)
  const problems = [
    ...(spec.length > 0 ? [] : ['no desk is named']),
    ...loaded.flatMap((one) => ('problems' in one ? one.problems : [])),
    ...[...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
      (name) => `desk ${name} is named twice`,
    ),
  ]
  if (problems.length > 0)
    throw new Error(`The desks cannot be used:\n${problems.map((line) => `- ${line}`).join('\n')}`)
  return desks
}

type Loaded = { desk: Desk } | { problems: string[] }

async function loadOne(known: readonly Desk[], entry: string): Promise<Loaded> {
  if (!/[/\\]|\.[cm]?[jt]s$/.test(entry)) {
    const desk = known.find(({ name }) => name === entry)
    const names = known.map(({ name }) => name).join(', ')
    return desk
      ? checked(desk, entry)
      : { problems: [`there is no desk "${entry}"; known: ${names}; or give a path to a module`] }
  }
  try {
    const path = isAbsolute(entry) ? entry : resolve(entry)
    const module: unknown = await import(pathToFileURL(path).href)
    const desk = typeof module === 'object' && module !== null && 'desk' in module ? module.desk : undefined
    return looksLikeDesk(desk) ? checked(desk, entry) : { problems: [`module ${entry} exports no \`desk\``] }
  } catch (error) {
    return { problems: [`module ${entry} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`] }
  }
}

function checked(desk: Desk, entry: string): Loaded {
  const problems = deskProblems(desk).map((problem) => `desk ${entry}: ${problem}`)
  return problems.length > 0 ? { problems } : { desk }
}

const PARTS = ['specialists', 'tools', 'routingRules', 'facts', 'linkHosts', 'policy', 'catalogue', 'ticket'] as const

/** Enough shape to be validated further; the types of an outside module promise nothing. */
function looksLikeDesk(value: unknown): value is Desk {
  if (typeof value !== 'object' || value === null) return false
  const parts = new Map<string, unknown>(Object.entries(value))
  return (
    typeof parts.get('name') === 'string' &&
    typeof parts.get('systems') === 'function' &&
    PARTS.every((part) => typeof parts.get(part) === 'object' && parts.get(part) !== null)
  )
}
