// A call that was answered with an argument error is made once more, with only what the tool requires and plain values.
import type { OfferedTool } from './request.ts'
import { readResult } from './results.ts'
import type { PlannedCall } from './steps.ts'
import type { ToolResult } from './transcript.ts'

/** The mended call of each tool that complained exactly once about its arguments. */
export function mendCall(tools: OfferedTool[], results: ToolResult[]): PlannedCall[] {
  return results.flatMap((result) => {
    if (readResult(result).trouble?.kind !== 'bad_arguments') return []
    const tool = tools.find((offered) => offered.name === result.call.name)
    const tries = results.filter((other) => other.call.name === result.call.name).length
    if (!tool || tries > 1) return []
    const required = tool.parameters.required ?? []
    const kept = Object.entries(result.call.arguments).filter(([name]) => required.includes(name))
    return [{ name: tool.name, arguments: Object.fromEntries(kept.map(([name, value]) => [name, plain(value)])) }]
  })
}

function plain(value: unknown): unknown {
  if (typeof value === 'string' && /^#?\d+$/.test(value)) return value.replace('#', '')
  return typeof value === 'number' ? String(value) : value
}
