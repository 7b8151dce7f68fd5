// Counts what transactions did. Every event is committed once, so a retry or a zombie never counts twice.
import type { Metrics } from './metrics.ts'

type Committed = {
  events: { type: string; data: object }[]
  ended: { intent: string | null; state: string; startedAt: Date; endedAt: Date }[]
  paidModel: string | null
  decided: { tool: string; decision: string }[]
}

export function observeCommitted(metrics: Metrics, { events, ended, paidModel, decided }: Committed): void {
  for (const { type, data } of events) {
    const told = data as { tool?: string; outcome?: string; reason?: string; offered_at?: string; again?: boolean }
    if (type === 'feedback-given') countFeedback(metrics, data)
    if (type === 'tool-finished') metrics.toolCalls.inc({ tool: told.tool ?? '', outcome: told.outcome ?? '' })
    if (type === 'handoff-offered' && !told.again) metrics.handoffs.inc({ reason: told.reason ?? '' })
    if (type === 'handoff-claimed' && told.offered_at) {
      metrics.handoffWait.observe(Math.max(0, Date.now() - Date.parse(told.offered_at)) / 1000)
    }
  }
  for (const { tool, decision } of decided) metrics.approvals.inc({ tool, decision })
  for (const turn of ended) {
    const intent = turn.intent ?? 'unknown'
    metrics.agentRequests.inc({ intent, status: turn.state, model: paidModel ?? 'none' })
    metrics.agentLatency.observe({ intent }, (turn.endedAt.getTime() - turn.startedAt.getTime()) / 1000)
  }
}

/** Told as given: a thumb that replaces another counts again. */
function countFeedback(metrics: Metrics, data: object): void {
  const { rating, score, specialist, model } = data as {
    rating?: string
    score?: number
    specialist: string | null
    model: string | null
  }
  if (score !== undefined) metrics.ratings.inc({ score })
  // Without a specialist a person wrote it, or nobody's specialist.
  if (rating !== undefined) metrics.feedback.inc({ rating, specialist: specialist ?? 'none', model: model ?? 'none' })
}
