// What a tool came back with, as the store can keep it. A desk's own code may answer anything, and a write that happened must
// not stay unsettled over a letter of its answer.
import type { ToolResult } from '../desks/types.ts'
import { type Json, storableJson } from '../domain/json.ts'

export function keepable({ outcome, data, citations }: ToolResult): ToolResult {
  return { outcome, data: plain(data), ...(citations ? { citations: plain(citations) as typeof citations } : {}) }
}

/** What has no JSON at all (a circle, a BigInt) leaves only word of it. */
function plain(value: unknown): Json {
  try {
    return storableJson(JSON.parse(JSON.stringify(value ?? null)) as Json)
  } catch {
    return { error: 'answer_not_readable' }
  }
}
