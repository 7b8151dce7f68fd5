// What the AI is doing, in words a customer understands. Never what was asked of a tool or came back from it: the API tells neither.
import type { ToolRun } from '../conversation/entries.ts'
import type { Words } from './words.ts'

/** The ways out of a specialist: nothing a customer needs to hear of. */
const SILENT = new Set(['transfer', 'escalate', 'more_tools'])

/** Undefined: nothing to say, as with a call that was put right before anything happened. */
export function toolWords({ tool, outcome }: ToolRun, words: Words): string | undefined {
  if (SILENT.has(tool)) return undefined
  const known = Object.hasOwn(words.tools, tool) ? words.tools[tool] : undefined
  const name = tool.replaceAll('_', ' ')
  switch (outcome) {
    case undefined:
      return known?.[0] ?? words.toolRuns(name)
    case 'ok':
      return known?.[1] ?? words.toolDone(name)
    case 'failed':
      return words.toolFailed
    case 'unknown':
      return words.toolUnknown
    case 'needs_approval':
      return words.toolAsks
    default:
      return undefined
  }
}
