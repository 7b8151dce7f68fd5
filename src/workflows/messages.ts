// Names and shapes of what the conversation workflow hears and answers: the only file of this room the API may import.
import { defineQuery, defineSignal } from '@temporalio/workflow'
import type { ControlledBy, ConversationStatus } from '../domain/conversation.ts'

export const TASK_QUEUE = 'conversations'
export const WORKFLOW_TYPE = 'conversationWorkflow'
export const workflowId = (conversationId: string): string => `conversation/${conversationId}`

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
