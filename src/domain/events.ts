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
  'handoff-seen': { handoff_id: string; by: { id: string; name: string } }
  'handed-back': { handoff_id: string }
  'note-added': { message: MessageView }
  /** A person said what became of a write whose outcome nobody knew. */
  'effect-ruled': { effect_id: string; outcome: 'happened' | 'did_not_happen'; by: { id: string; name: string } }
  /** The conversation of a guest became a customer's. */
  'customer-signed-in': { customer_id: string; guest_id: string }
  /** A thumb on a reply, or a `score` for the whole; what wrote it, for the metrics. */
  'feedback-given': {
    message_id?: string
    rating?: 'up' | 'down'
    score?: number
    specialist: string | null
    model: string | null
  }
  'status-changed': { status: ConversationStatus; controlled_by: ControlledBy }
  'conversation-closed': Record<string, never>
}
export type EventType = keyof EventData

const STEPS: ReadonlySet<EventType> = new Set(['turn-started', 'route-decided', 'tool-started', 'tool-finished'])
/** True for what happens inside a turn: no message is answered, failed or handed over by it. */
export const isStep = (type: EventType): boolean => STEPS.has(type)

/** Events that show a message: they are stored without it and get it from its own row, which has their seq, when they are read. */
export const showsMessage = (type: EventType): boolean => type === 'message-completed' || type === 'note-added'
