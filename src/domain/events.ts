// Durable events of a conversation, as contract.md names them. `message-delta` and `message-restarted` are not here: they are ephemeral.
import type { ControlledBy, ConversationStatus, MessageView, Priority } from './conversation.ts'

export type EventData = {
  'message-accepted': { message_id: string }
  'turn-started': { turn: number; message_ids: string[] }
  'route-decided': {
    turn: number
    intent: string
    confidence: number
    specialist: string | null
    by: 'rules' | 'model'
  }
  'tool-started': { turn: number; call_id: string; tool: string }
  'tool-finished': { turn: number; call_id: string; tool: string; outcome: string }
  'message-completed': { message: MessageView }
  'approval-requested': { approval_id: string; text: string }
  'approval-decided': { approval_id: string; state: string }
  /** `again`: nobody claimed it in time, so it is offered more urgently. */
  'handoff-offered': { handoff_id: string; reason: string; priority: Priority; again?: boolean }
  'handoff-claimed': { handoff_id: string; claimed_by: { id: string; name: string }; offered_at: string }
  'handoff-released': { handoff_id: string }
  'handed-back': { handoff_id: string }
  'note-added': { message: MessageView }
  'status-changed': { status: ConversationStatus; controlled_by: ControlledBy }
  'conversation-closed': Record<string, never>
}
export type EventType = keyof EventData
