// What the API sends to the people of the desk (contract.md). Times are ISO in UTC.

export type Person = { id: string; name: string }
export type Priority = 'low' | 'normal' | 'high' | 'urgent'
export type Role = 'customer' | 'ai' | 'human' | 'system' | 'note'
export type Citation = { document: string; title: string; passage: string; url?: string }
export type Page<T> = { data: T[]; next_cursor: string | null }

export type Message = {
  id: string
  seq: number
  role: Role
  text: string
  status?: string
  citations?: Citation[]
  in_reply_to: string[]
  author?: Person
  created_at: string
}

export type Next = { kind: string; at: string }

export type Conversation = {
  id: string
  customer_id: string
  channel: string
  desk: string
  status: 'open' | 'pending' | 'resolved' | 'closed'
  controlled_by: 'ai' | 'human'
  intent: string | null
  specialist: string | null
  ticket_id?: string
  cost_usd: string
  closing?: true
  created_at: string
  updated_at: string
}

export type Brief = {
  reason: string
  priority: Priority
  sentiment: string
  summary: string
  wants: string
  tried: { tool: string; outcome: string; came_back?: string | null }[]
  facts: { kind: string; value: string }[]
  suggested_next_step?: string
  suggested_reply?: string | null
}

export type Handoff = {
  id: string
  conversation_id: string
  state: 'offered' | 'seen' | 'claimed' | 'answered' | 'handed_back' | 'resolved'
  reason: string
  priority: Priority
  ticket_id?: string
  claimed_by?: Person
  team?: string | null
  assigned_to?: Person | null
  offers?: number
  next_step?: string
  brief: Brief
  offered_at: string
  deadline_at: string
}

export type Decision = { by: (Person & { role: string }) | string; decision: string; at: string }

export type Approval = {
  id: string
  conversation_id: string
  tool: string
  arguments: Record<string, unknown>
  text: string
  consequence?: string
  digest: string
  policy_version: string | number
  state: 'pending' | 'approved' | 'refused' | 'expired' | 'superseded' | 'executed' | 'failed'
  needed: { role: string; people: number }
  decisions: Decision[]
  customer?: { id: string; name?: string; tier?: string }
  amount?: { cents: number; currency: string }
  requested_at?: string
  expires_at: string
}

export type Effect = {
  id: string
  tool: string
  arguments: Record<string, unknown>
  state: 'intended' | 'sent' | 'settled' | 'refused' | 'unknown'
  outcome: unknown
  created_at: string
  ended_at: string | null
}

/** What a system of the company says of the customer: `12345`, `shipped, $199.00`. */
export type CardSection = { title: string; state: 'read' | 'unavailable'; rows: { label: string; text: string }[] }

export type Call = {
  call_id: string
  tool: string
  kind: 'tool' | 'prefetch'
  arguments: unknown
  outcome: string | null
  result: unknown
}

export type Turn = {
  number: number
  state: string
  outcome: string | null
  intent: string | null
  confidence: number | null
  specialist: string | null
  routed_by: string | null
  model: string | null
  prompt_version: string | number | null
  policy_version: string | number | null
  cost_usd: string | null
  input_tokens: number | null
  output_tokens: number | null
  started_at: string
  ended_at: string | null
  message_ids: string[]
  reply_message_id: string | null
  calls: Call[]
}

export type TimelineStep = { seq: number; type: string; at: string; text: string }

/** Everything about a conversation but its transcript: `GET /v1/conversations/{id}/workspace`. */
export type Workspace = {
  conversation: Conversation
  customer: { id: string; name: string | null; tier: string | null; since: string; conversations: number; open: number }
  next: Next | null
  turns: Turn[]
  handoffs: Handoff[]
  approvals: Approval[]
  effects: Effect[]
  timeline: TimelineStep[]
  feedback: { message_id: string; rating: 'up' | 'down'; comment?: string | null; at: string }[]
  rating: { score: number; comment?: string | null; at: string } | null
  suggested_reply: string | null
}
