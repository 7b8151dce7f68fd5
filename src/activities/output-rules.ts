import type { OutputRules } from '../guardrails/output.ts'
import type { WorkingDesk } from './deps.ts'

/** What an AI text of this desk may say, given the writes that the ledger has settled. */
export function outputRules({ desk, tools }: WorkingDesk, settled: readonly string[]): OutputRules {
  const claims = [...tools.values()].flatMap((tool) =>
    tool.effect === 'write' ? (tool.claims ?? []).map((pattern) => ({ tool: tool.name, pattern })) : [],
  )
  return { claims, settled: new Set(settled), linkHosts: desk.linkHosts }
}
