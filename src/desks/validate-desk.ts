// A desk is written by hand, often outside this repository: everything that is wrong with it is said at once, at start.
import { z } from 'zod'
import { TEXT_KEYS } from '../domain/catalogue.ts'
import { NO_REQUEST } from '../domain/routing.ts'
import type { AnyTool, CardRead, Desk } from './types.ts'

/** Every problem of a desk as a sentence; empty when it is sound. */
export function deskProblems(desk: Desk): string[] {
  const tools = new Map(desk.tools.map((tool) => [tool.name, tool]))
  const ticket = tools.get(desk.ticket.tool)
  return [
    ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(desk.name) ? [] : [`its name "${desk.name}" is not kebab-case`]),
    ...twice(desk.specialists.map(({ name }) => name)).map((name) => `two specialists are named ${name}`),
    ...twice(desk.specialists.map(({ intent }) => intent)).map(
      (intent) => `two specialists answer the intent ${intent}`,
    ),
    ...desk.specialists
      .filter(({ intent }) => intent === NO_REQUEST || !/^[a-z][a-z0-9_]*$/.test(intent))
      .map(({ name, intent }) => `specialist ${name} answers "${intent}", which is no intent in snake_case`),
    ...twice(desk.tools.map(({ name }) => name)).map((name) => `two tools are named ${name}`),
    ...twice(desk.routingRules.map(({ name }) => name)).map((name) => `two routing rules are named ${name}`),
    ...(desk.specialists.length > 0 ? [] : ['it has no specialist']),
    ...desk.specialists.flatMap((specialist) =>
      specialist.tools
        .filter((name) => !tools.has(name))
        .map((name) => `specialist ${specialist.name} uses the tool ${name}, which is not in the list of tools`),
    ),
    ...desk.tools.flatMap(toolProblems),
    ...(ticket ? [] : [`its ticket tool ${desk.ticket.tool} is not in the list of tools`]),
    ...(ticket && ticket.effect !== 'write' ? [`its ticket tool ${desk.ticket.tool} is not a write`] : []),
    ...(desk.customerCard ?? []).flatMap((read) => cardProblems(read, tools.get(read.tool))),
    ...TEXT_KEYS.filter((key) => !desk.catalogue.en[key]?.trim()).map(
      (key) => `its catalogue has no English text ${key}`,
    ),
    ...(desk.policy.version.trim() ? [] : ['its policy has no version']),
  ]
}

function cardProblems({ title, tool: name, input }: CardRead, tool: AnyTool | undefined): string[] {
  const problems = title.trim() ? [] : ['its customer card has a section without a title']
  if (tool?.effect !== 'read') {
    return [...problems, `its customer card uses ${name}, which is not a read of its list of tools`]
  }
  if (tool.input.safeParse(input).success) return problems
  return [...problems, `its customer card asks ${name} for what its input does not take`]
}

/** Names the platform keeps for itself, in every specialist's tool list. */
const BUILT_IN = ['transfer', 'escalate', 'more_tools']

function toolProblems(tool: AnyTool): string[] {
  const problems: string[] = []
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(tool.name)) problems.push(`the tool name "${tool.name}" is not snake_case`)
  if (BUILT_IN.includes(tool.name)) problems.push(`the tool name ${tool.name} belongs to the platform`)
  if (tool.effect === 'write' && 'public' in tool) problems.push(`tool ${tool.name} is a write, which is never public`)
  if (!(tool.timeout > 0)) problems.push(`tool ${tool.name} has no timeout`)
  try {
    const schema = z.toJSONSchema(tool.input, { io: 'input' })
    if (schema.type !== 'object') problems.push(`the input of tool ${tool.name} is not an object`)
    else if (schema.additionalProperties !== false) problems.push(`the input of tool ${tool.name} is not strict`)
  } catch (error) {
    problems.push(
      `the input of tool ${tool.name} has no JSON schema: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  return problems
}

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]
