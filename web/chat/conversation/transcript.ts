// A conversation as its events tell it, for the one who wrote in it. Pure: the same events in the same order give the same
// transcript, and an event that comes twice changes nothing.
import { type Entry, entryOf, type Message, type Person, type ToolRun, withEntry } from './entries.ts'

export type Status = 'open' | 'pending' | 'resolved' | 'closed'

export type Transcript = {
  entries: readonly Entry[]
  /** The last durable event that was read; -1 before the first. */
  seq: number
  status: Status
  floor: 'ai' | 'human'
  /** Who has the floor when it is not the AI; undefined while nobody has claimed it. */
  person: Person | undefined
  /** A turn of the AI that runs: its tools so far, and its reply as far as it is written. */
  turn: { tools: readonly ToolRun[]; draft: { id: string; text: string } | undefined } | undefined
}

export const EMPTY: Transcript = {
  entries: [],
  seq: -1,
  status: 'open',
  floor: 'ai',
  person: undefined,
  turn: undefined,
}

type Data = Record<string, unknown>

/** An event of the stream: `data` as the API sends it. Unknown events change nothing but `seq`. */
export function applyEvent(transcript: Transcript, name: string, data: Data): Transcript {
  const seq = typeof data['seq'] === 'number' ? data['seq'] : undefined
  if (seq === undefined) return applyPiece(transcript, name, data)
  if (seq <= transcript.seq) return transcript
  return { ...applyDurable(transcript, name, data, seq), seq }
}

/** Pieces of text carry no seq: they are hints of what is not committed yet. */
function applyPiece(transcript: Transcript, name: string, data: Data): Transcript {
  const id = String(data['message_id'])
  const draft = transcript.turn?.draft
  if (name === 'message-delta') {
    if (transcript.entries.some((entry) => entry.id === id)) return transcript
    const piece = typeof data['text'] === 'string' ? data['text'] : ''
    const text = (draft?.id === id ? draft.text : '') + piece
    return { ...transcript, turn: { tools: transcript.turn?.tools ?? [], draft: { id, text } } }
  }
  if (name !== 'message-restarted' || draft?.id !== id || !transcript.turn) return transcript
  return { ...transcript, turn: { ...transcript.turn, draft: undefined } }
}

function applyDurable(transcript: Transcript, name: string, data: Data, seq: number): Transcript {
  const at = String(data['at'])
  const key = `event-${seq}`
  switch (name) {
    case 'message-accepted':
      return withCustomer(transcript, { id: String(data['message_id']), seq, at, text: undefined })
    case 'turn-started':
      return { ...transcript, turn: { tools: [], draft: undefined } }
    case 'tool-started':
      return withTool(transcript, { callId: String(data['call_id']), tool: String(data['tool']), outcome: undefined })
    case 'tool-finished':
      return finishTool(transcript, String(data['call_id']), String(data['outcome']))
    case 'message-completed':
      return withMessage(transcript, data['message'] as Message)
    case 'handoff-claimed': {
      const person = data['claimed_by'] as Person | undefined
      const entry = { kind: 'floor', id: key, seq, at, to: 'person', name: person?.name } as const
      return { ...transcript, person, turn: undefined, entries: withEntry(transcript.entries, entry) }
    }
    case 'handoff-released':
      return { ...transcript, person: undefined }
    case 'status-changed':
      return withStatus(transcript, data, { id: key, seq, at })
    default:
      return transcript
  }
}

/** A message of the customer, from the stream or from the answer to sending it, whichever comes first. */
export function withCustomer(
  transcript: Transcript,
  message: { id: string; seq: number; at: string; text: string | undefined },
): Transcript {
  const known = transcript.entries.find(({ id, kind }) => id === message.id && kind === 'customer')
  if (known) return message.text === undefined ? transcript : withTexts(transcript, [[message.id, message.text]])
  return { ...transcript, entries: withEntry(transcript.entries, { kind: 'customer', ...message }) }
}

/** Fills in what the customer wrote, as it was stored. */
export function withTexts(transcript: Transcript, texts: Iterable<readonly [string, string]>): Transcript {
  const known = new Map(texts)
  const entries = transcript.entries.map((entry) => {
    const text = entry.kind === 'customer' ? known.get(entry.id) : undefined
    return entry.kind === 'customer' && text !== undefined && text !== entry.text ? { ...entry, text } : entry
  })
  return { ...transcript, entries }
}

/** Ids of customer messages whose text is not known here. */
export const textsMissing = ({ entries }: Transcript): string[] =>
  entries.flatMap((entry) => (entry.kind === 'customer' && entry.text === undefined ? [entry.id] : []))

function withMessage(transcript: Transcript, message: Message): Transcript {
  const tools = message.role === 'ai' ? [...(transcript.turn?.tools ?? [])] : []
  const entries = withEntry(transcript.entries, entryOf(message, tools))
  // A notice, such as that of a masked card number, comes beside a turn; any other word ends it.
  return { ...transcript, entries, turn: message.role === 'system' ? transcript.turn : undefined }
}

function withTool(transcript: Transcript, run: ToolRun): Transcript {
  const turn = transcript.turn ?? { tools: [], draft: undefined }
  return { ...transcript, turn: { ...turn, tools: [...turn.tools, run] } }
}

function finishTool(transcript: Transcript, callId: string, outcome: string): Transcript {
  if (!transcript.turn) return transcript
  const tools = transcript.turn.tools.map((run) => (run.callId === callId ? { ...run, outcome } : run))
  return { ...transcript, turn: { ...transcript.turn, tools } }
}

function withStatus(transcript: Transcript, data: Data, head: { id: string; seq: number; at: string }): Transcript {
  const status = data['status'] as Status
  const floor = data['controlled_by'] as 'ai' | 'human'
  const rested = transcript.status === 'resolved' || transcript.status === 'closed'
  const rests = status === 'resolved' || status === 'closed'
  let { entries } = transcript
  if (floor === 'ai' && transcript.floor === 'human' && !rests) {
    entries = withEntry(entries, { kind: 'floor', ...head, to: 'ai', name: undefined })
  }
  if (rests && status !== transcript.status) entries = withEntry(entries, { kind: 'state', ...head, state: status })
  if (rested && !rests) entries = withEntry(entries, { kind: 'state', ...head, state: 'reopened' })
  const person = floor === 'ai' ? undefined : transcript.person
  const turn = floor === 'human' || rests || status === 'pending' ? undefined : transcript.turn
  return { ...transcript, entries, status, floor, person, turn }
}
