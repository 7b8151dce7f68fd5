// Tools that none of the usual wishes names: called when the customer's words are those of the tool's own name and description.
import { fillArguments } from './arguments.ts'
import { namedOrders } from './order-number.ts'
import type { OfferedTool } from './request.ts'
import type { PlannedCall } from './steps.ts'
import { roleOfName } from './tool-roles.ts'
import { contentStems, searchQuery } from './words.ts'

/** Words in common from which on a tool is meant; one alone is chance. */
const ENOUGH = 2

/** The call of the tool whose words fit best, when all it needs is known; else undefined. */
export function otherCall(tools: OfferedTool[], text: string): PlannedCall | undefined {
  const wanted = contentStems(text)
  const [best] = tools
    .filter((tool) => !roleOfName(tool.name) && !roleOfName(tool.description.slice(0, 120)))
    .map((tool) => ({ tool, common: inCommon(wanted, `${tool.name.replaceAll('_', ' ')} ${tool.description}`) }))
    .filter(({ common }) => common >= ENOUGH)
    .sort((a, b) => b.common - a.common)
  if (!best) return undefined
  const [order] = namedOrders(text)
  const known = { query: searchQuery(text), reason: text, description: text, ...(order ? { order } : {}) }
  const filled = fillArguments(best.tool, known)
  const missing = (best.tool.parameters.required ?? []).some((name) => !Object.hasOwn(filled, name))
  return missing ? undefined : { name: best.tool.name, arguments: filled }
}

/** How many words of `wanted` stand in the text. */
export function inCommon(wanted: Set<string>, text: string): number {
  return [...contentStems(text)].filter((stem) => wanted.has(stem)).length
}
