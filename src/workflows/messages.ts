// Names and shapes of what the conversation workflow hears and answers: the only file of this room the API may import.
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { defineQuery, defineSignal } from '@temporalio/workflow'
import type { ControlledBy, ConversationStatus } from '../domain/conversation.ts'

export const TASK_QUEUE = 'conversations'
export const WORKFLOW_TYPE = 'conversationWorkflow'
export const workflowId = (conversationId: string): string => `conversation/${conversationId}`

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)

/** What of a conversation stands in Temporal's visibility: nothing personal. A SQL store has room for ten Keywords. */
export const SEARCH_ATTRIBUTES = {
  status: keyword('EverdeskStatus'),
  controlledBy: keyword('EverdeskControlledBy'),
  channel: keyword('EverdeskChannel'),
  desk: keyword('EverdeskDesk'),
  intent: keyword('EverdeskIntent'),
  priority: keyword('EverdeskPriority'),
  subjectRef: keyword('EverdeskSubjectRef'),
  policyVersion: keyword('EverdeskPolicyVersion'),
} as const

/** `page`: the conversation's address, shown to operators. */
export type ConversationInput = { conversationId: string; page?: string }

/** Bells say "ask the store". `floor` is the one they speak of, so that a late bell cancels nothing newer. */
export type Bell = { seq?: number; floor?: number }
export const BELLS = [
  'customerMessage',
  'handoffClaimed',
  'handoffReleased',
  'handedBack',
  'approvalDecided',
  'closeRequested',
  'customerSignedIn',
] as const
export type BellName = (typeof BELLS)[number]

/** Operators' signals, sent from the Web UI or CLI. */
export const escalateSignal = defineSignal<[{ reason?: string }?]>('escalate')
export const takeOverSignal = defineSignal<[{ agent_id?: string }?]>('takeOver')
export const handBackSignal = defineSignal<[Record<string, never>?]>('handBack')

export type ConversationState = {
  status: ConversationStatus | 'starting'
  controlled_by: ControlledBy
  floor: number
  intent: string | null
  turn: number | null
  doing: string
  wake_at: string | null
  cost_usd: string
}
/** One line of the run's story: codes and numbers only. */
export type TimelineEntry = { at: string; what: string }

export const conversationQuery = defineQuery<ConversationState>('conversation')
export const timelineQuery = defineQuery<TimelineEntry[]>('timeline')
