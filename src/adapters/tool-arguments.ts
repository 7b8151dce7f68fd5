// What a model writes as arguments of a tool is untrusted text. Whatever is wrong with it goes back to the model, so it is
// a `problem`, never an exception.
import type { ToolCall } from '../ports/llm.ts'
import { parsePlainJson } from './plain-json.ts'

/** One call as the model wrote it, put together from a stream or taken from a whole answer. */
export type RawToolCall = { id: string; name: string; arguments: string }

/** Parses every call. Ids are kept when they are there and unique, because results are filed under them. */
export function readToolCalls(calls: readonly RawToolCall[]): ToolCall[] {
  const taken = new Set<string>()
  return calls.map((call, index) => {
    let id = call.id || `call_${index + 1}`
    while (taken.has(id)) id = `${id}_${index + 1}`
    taken.add(id)
    return { id, tool: call.name, ...readArguments(call.arguments) }
  })
}

function readArguments(text: string): Pick<ToolCall, 'input' | 'problem'> {
  // Some models write nothing at all for a tool without parameters.
  if (text.trim() === '') return { input: {} }
  const value = parsePlainJson(text)
  if (value === undefined) return { input: {}, problem: 'The arguments are not valid JSON.' }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { input: {}, problem: 'The arguments are not a JSON object.' }
  }
  return { input: value }
}
