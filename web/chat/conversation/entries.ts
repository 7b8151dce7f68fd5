// What stands in the transcript, as the customer sees it: what was said, by whom, and when the floor passed.

export type Citation = { document: string; title: string; passage: string; url?: string }
export type Person = { id: string; name: string }

/** A message as the API sends it. */
export type Message = {
  id: string
  seq: number
  role: 'customer' | 'ai' | 'human' | 'system'
  text: string
  citations?: Citation[]
  author?: Person
  created_at: string
}

/** A tool the AI used; `outcome` undefined while it runs. */
export type ToolRun = { callId: string; tool: string; outcome: string | undefined }

export type Entry =
  /** `text` undefined until the transcript was asked for it: events name a customer's message, they do not repeat it. */
  | { kind: 'customer'; id: string; seq: number; at: string; text: string | undefined }
  | { kind: 'ai'; id: string; seq: number; at: string; text: string; citations: Citation[]; tools: ToolRun[] }
  | { kind: 'person'; id: string; seq: number; at: string; text: string; author: Person | undefined }
  | { kind: 'system'; id: string; seq: number; at: string; text: string }
  /** The floor passed. */
  | { kind: 'floor'; id: string; seq: number; at: string; to: 'ai' | 'person'; name: string | undefined }
  /** What became of the conversation. */
  | { kind: 'state'; id: string; seq: number; at: string; state: 'resolved' | 'closed' | 'reopened' }

export function entryOf(message: Message, tools: ToolRun[]): Entry {
  const { id, seq, text, created_at: at } = message
  switch (message.role) {
    case 'customer':
      return { kind: 'customer', id, seq, at, text }
    case 'ai':
      return { kind: 'ai', id, seq, at, text, citations: message.citations ?? [], tools }
    case 'human':
      return { kind: 'person', id, seq, at, text, author: message.author }
    case 'system':
      return { kind: 'system', id, seq, at, text }
  }
}

/** In order of seq; an entry that is there already stays as it is, whoever brings it again. */
export function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  if (entries.some(({ id, kind }) => id === entry.id && kind === entry.kind)) return entries
  const after = entries.findLastIndex(({ seq }) => seq <= entry.seq) + 1
  return entries.toSpliced(after, 0, entry)
}
