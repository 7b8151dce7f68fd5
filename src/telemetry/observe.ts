// Counts what transactions did. Every event is committed once, so a retry or a zombie never counts twice.
import type { Metrics } from './metrics.ts'

type Committed = {
  events: { type: string; data: object }[]
  ended: { intent: string | null; state: string; startedAt: Date; endedAt: Date }[]
  paidModel: string | null
}

export function observeCommitted(metrics: Metrics, { events, ended, paidModel }: Committed): void {
  for (const { type, data } of events) {
    const told = data as { tool?: string; outcome?: string; reason?: string; offered_at?: string; again?: boolean }
    if (type === 'tool-finished') metrics.toolCalls.inc({ tool: told.tool ?? '', outcome: told.outcome ?? '' })
    if (type === 'handoff-offered' && !told.again) metrics.handoffs.inc({ reason: told.reason ?? '' })
    if (type === 'handoff-claimed' && told.offered_at) {
      metrics.handoffWait.observe(Math.max(0, Date.now() - Date.parse(told.offered_at)) / 1000)
    }
  }
  for (const turn of ended) {
    const intent = turn.intent ?? 'unknown'
    metrics.agentRequests.inc({ intent, status: turn.state, model: paidModel ?? 'none' })
    metrics.agentLatency.observe({ intent }, (turn.endedAt.getTime() - turn.startedAt.getTime()) / 1000)
  }
}
