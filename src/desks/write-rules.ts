// What the kernel knows of a desk's writes. A tool that words nothing itself is worded by its name and arguments, so that any
// write can be put before a person.
import type { Json, JsonObject } from '../domain/json.ts'
import type { WriteRules, WriteWords } from '../domain/write-rules.ts'
import type { AnyTool, Desk } from './types.ts'

/** By name of the tool. */
export const writeRulesOf = (desk: Pick<Desk, 'tools'>): ReadonlyMap<string, WriteRules> =>
  new Map(desk.tools.flatMap((tool) => (tool.effect === 'write' ? [[tool.name, rulesOf(tool)] as const] : [])))

/** Tools whose results hold text of strangers. */
export const untrustedReadsOf = (desk: Pick<Desk, 'tools'>): ReadonlySet<string> =>
  new Set(desk.tools.flatMap((tool) => (tool.effect === 'read' && tool.untrusted ? [tool.name] : [])))

function rulesOf(tool: Extract<AnyTool, { effect: 'write' }>): WriteRules {
  return {
    kind: tool.kind ?? tool.name,
    risky: tool.risky ?? false,
    amount: (input, facts) => tool.amount?.(input, facts) ?? null,
    describe: (input, facts, locale) => tool.describe?.(input, facts, locale) ?? plainWords(tool.name, input),
    businessKey: (input) => tool.businessKey?.(input) ?? null,
    edit(edited, before, facts) {
      if (!tool.edit) return { kind: 'problem', detail: 'This write cannot be edited; approve or refuse it.' }
      const parsed = tool.input.safeParse(edited)
      if (!parsed.success) {
        const [first] = parsed.error.issues
        return { kind: 'problem', detail: `${first?.path.join('.') || 'arguments'}: ${first?.message ?? 'not valid'}` }
      }
      const problem = tool.edit(parsed.data, before, facts)
      return problem === null
        ? { kind: 'edited', input: parsed.data as JsonObject }
        : { kind: 'problem', detail: problem }
    },
  }
}

function plainWords(tool: string, input: JsonObject): WriteWords {
  const name = tool.replaceAll('_', ' ')
  const given = Object.entries(input).map(([key, value]) => `${key.replaceAll('_', ' ')} ${plain(value)}`)
  const text = given.length > 0 ? `${name}: ${given.join(', ')}` : name
  return { text: text.charAt(0).toUpperCase() + text.slice(1), what: text }
}

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
