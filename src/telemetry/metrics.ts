// Every metric of everdesk, in one table. Each process has its own set: there is no global registry.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS_OF_A_TURN = [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120]
const SECONDS_OF_A_WAIT = [5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400]

/** The metrics with their labels. */
export type Metrics = ReturnType<typeof createMetrics>

/** Makes all metrics in a registry of their own. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name, help, labelNames, registers })
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })

  return {
    registry,
    agentRequests: counter('agent_requests_total', 'Turns by how they ended', ['intent', 'status', 'model']),
    agentLatency: histogram(
      'agent_latency_seconds',
      'From claim of the messages to the reply',
      ['intent'],
      SECONDS_OF_A_TURN,
    ),
    llmCost: counter('llm_cost_dollars', 'What the models cost, in US dollars', ['model']),
    resolutionRate: gauge('resolution_rate', 'Share of conversations resolved without a person, 0 to 1', ['intent']),
    llmTokens: counter('llm_tokens_total', 'Tokens by kind: input, cached, output', ['model', 'kind']),
    toolCalls: counter('tool_calls_total', 'Tool calls by outcome', ['tool', 'outcome']),
    handoffs: counter('handoffs_total', 'Conversations offered to people', ['reason']),
    handoffWait: histogram('handoff_wait_seconds', 'From offer to claim', [], SECONDS_OF_A_WAIT),
    feedback: counter('everdesk_feedback_total', 'Thumbs of customers on replies', ['rating', 'specialist', 'model']),
    ratings: counter('everdesk_ratings_total', 'Ratings of whole conversations, 1 to 5', ['score']),
    approvals: counter('approvals_total', 'Approvals by what happened: requested, approve, edit, refuse, expire', [
      'tool',
      'decision',
    ]),
    cacheRequests: counter('cache_requests_total', 'Look-ups in caches by outcome: hit, miss, error', [
      'tier',
      'outcome',
    ]),
    circuitState: gauge('circuit_state', 'Circuit breaker: 0 closed, 1 half open, 2 open', ['dependency']),
    piiMasked: counter('pii_masked_total', 'Pieces of personal data masked before they were written', ['type']),
    conversationsOpen: gauge('conversations_open', 'Conversations that are not closed', ['status']),
    messagesOverdue: gauge('messages_overdue', 'Accepted messages without an answer past their deadline', []),
    alerts: gauge('everdesk_alerts', 'What GET /v1/alerts lists: what waits longer than it may', ['kind']),
    lateTextDropped: counter(
      'everdesk_late_ai_text_dropped_total',
      'AI replies refused because the floor had moved',
      [],
    ),
    earlyTurns: counter(
      'everdesk_early_turns_total',
      'Turns foreseen while Temporal was being told of the message, by outcome: taken, overtaken, left',
      ['outcome'],
    ),
    headStarts: counter('everdesk_head_starts_total', 'Model calls begun ahead of Temporal by outcome: joined, left', [
      'outcome',
    ]),
    bells: counter('everdesk_bells_total', 'Signals to conversations by outcome', ['outcome']),
    relayRings: counter('everdesk_relay_rings_total', 'Conversations that the relay rang again', []),
    notices: counter('everdesk_notices_total', 'Tries to send a notice by outcome: sent, failed, given_up', [
      'type',
      'outcome',
    ]),
    turnsInFlight: gauge('everdesk_turns_in_flight', 'Turns that run now', []),
  }
}
