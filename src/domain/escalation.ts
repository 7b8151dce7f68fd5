// When a person is needed, and how urgently [H1].
import type { Priority } from './conversation.ts'

/** The page of context written by code when a handoff is offered. */
export type HandoffBrief = {
  reason: HandoffReason
  priority: Priority
  sentiment: 'negative' | 'neutral' | 'positive'
  summary: string
  wants: string
  /** What came back, in one line. */
  tried: { tool: string; outcome: string; came_back: string }[]
  facts: { kind: string; value: string }[]
  suggested_next_step: string
  /** For the customer, in their language where there is one; a person edits it. */
  suggested_reply: string | null
  transcript_url: string
  customer: { id: string; name?: string; tier?: string }
  /** By when a person answers, as the customer was told. ISO, UTC. */
  expected_at: string
}

export const HANDOFF_REASONS = [
  'person_requested',
  'anger',
  'low_confidence',
  'repeated_failure',
  'too_many_steps',
  'budget',
  'policy',
  'safety',
  'unknown_outcome',
  'model_unavailable',
  'deadline',
  'operator',
  'taken_over',
] as const
export type HandoffReason = (typeof HANDOFF_REASONS)[number]

const PRIORITY_OF: Record<HandoffReason, Priority> = {
  person_requested: 'normal',
  anger: 'high',
  low_confidence: 'normal',
  repeated_failure: 'high',
  too_many_steps: 'normal',
  budget: 'normal',
  policy: 'normal',
  safety: 'urgent',
  unknown_outcome: 'high',
  model_unavailable: 'high',
  deadline: 'high',
  operator: 'normal',
  taken_over: 'normal',
}
export const priorityOf = (reason: HandoffReason): Priority => PRIORITY_OF[reason]

/** An operator's free word becomes one of our codes; an unknown one is simply the operator's wish. */
export function handoffReason(word: string | undefined): HandoffReason {
  return HANDOFF_REASONS.find((reason) => reason === word) ?? 'operator'
}

/** The next higher priority: a missed deadline offers the handoff again, more urgently. */
export function raised(priority: Priority): Priority {
  return priority === 'low' ? 'normal' : priority === 'normal' ? 'high' : 'urgent'
}

/** What the kernel counts before each model call of a turn; the first limit reached names the reason. */
export function escalationDue(
  counts: { round: number; failedToolCalls: number; costUsd: number },
  limits: { rounds: number; failedToolCalls: number; budgetUsd: number },
): HandoffReason | null {
  if (counts.failedToolCalls >= limits.failedToolCalls) return 'repeated_failure'
  if (counts.round > limits.rounds) return 'too_many_steps'
  if (counts.costUsd >= limits.budgetUsd) return 'budget'
  return null
}
