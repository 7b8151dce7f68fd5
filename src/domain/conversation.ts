// The words of a conversation, one meaning each (docs/glossary.md).

export type ConversationStatus = 'open' | 'pending' | 'resolved' | 'closed'
export type ControlledBy = 'ai' | 'human'

/** `note` is internal to human agents and never leaves for a customer. */
export type MessageRole = 'customer' | 'ai' | 'human' | 'system' | 'note'
export type MessageStatus = 'accepted' | 'processing' | 'answered' | 'handed_off' | 'failed'
/** Customer messages that wait for a person: a failed turn told the customer that one will answer. */
export const WITH_PEOPLE: readonly MessageStatus[] = ['handed_off', 'failed']
export type Priority = 'low' | 'normal' | 'high' | 'urgent'
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[]

export type QuietStage = 'follow_up' | 'resolve' | 'close'
export type TurnState = 'open' | 'done' | 'handed_off' | 'failed' | 'abandoned'

/** Who acts: a role and an id; `name` only where people see it. */
export type Person = { id: string; name: string }
export type Role = 'customer' | 'agent' | 'supervisor' | 'admin'
export type StaffRole = Exclude<Role, 'customer'>

export type Citation = { document: string; title: string; passage: string; url?: string }

/** A message as the API shows it (contract.md); `seq` is that of its event, `created_at` an ISO time in UTC. */
export type MessageView = {
  id: string
  seq: number
  role: MessageRole
  text: string
  status?: MessageStatus
  citations?: Citation[]
  in_reply_to: string[]
  author?: Person
  created_at: string
}
