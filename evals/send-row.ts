// Sends one row as a new conversation and collects what came of it, from outside, as any client could.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConversationView } from '../src/kernel/conversation-view.ts'
import type { Client, Progress } from '../scripts/client/client.ts'
import type { StreamEvent } from '../scripts/client/follow.ts'
import { patiently } from '../scripts/client/patiently.ts'
import { isPassing, Refused } from '../scripts/client/problem.ts'
import { doubledIn } from './doubled.ts'
import type { Outcome, RowResult } from './row-result.ts'
import { tellStory, type Story } from './story.ts'
import type { Utterance } from './utterances.ts'

/** How one row is sent. */
export interface Sending {
  row: Utterance
  messageId: string
  /** A client of the n-th customer to try; a customer whose hour is used up gives way to the next. */
  clientOf: (tries: number) => Client
  signal: AbortSignal
}

/** A result, and what is needed to look for its effects and copies later. */
export interface SentRow {
  result: RowResult
  messageId: string
  handoffs: string[]
}

const HOLD_SECONDS = 60
/** Above a turn's deadline (120 s) with room for a backlog: what has no outcome then is lost. */
const SETTLES_WITHIN = 240_000
const ACCEPTED_WITHIN = 120_000
const CUSTOMERS_TRIED = 3
const POLL = 500

/** Never rejects: whatever goes wrong is the row's result. */
export async function sendRow(sending: Sending): Promise<SentRow> {
  const { row, messageId } = sending
  const base = { id: row.id, intent: row.intent, also_accept: row.also_accept }
  const empty = { ...base, handed_off: false, tools: [], writes: [], doubled: [], cost_usd: 0 }
  const began = performance.now()
  let client: Client
  let sent: Awaited<ReturnType<Client['start']>>
  try {
    ;({ client, sent } = await start(sending))
  } catch (error) {
    return { result: { ...empty, outcome: 'refused', error: messageOf(error) }, messageId, handoffs: [] }
  }
  const conversation_id = sent.conversation.id
  try {
    const reached = { client, conversationId: conversation_id, messageId, signal: sending.signal }
    const settled = await settle(reached, { status: sent.message.status, reply: sent.reply })
    const latency_ms = Math.round(performance.now() - began)
    const { story, conversation, doubled, missing } = await look(reached, settled.reply?.seq)
    const outcome: Outcome = missing || settled.status === 'lost' ? 'lost' : settled.status
    const result: RowResult = {
      ...empty,
      conversation_id,
      outcome,
      handed_off: conversation.controlled_by === 'human' || story.handoffs.length > 0,
      tools: story.tools,
      doubled: [...doubled, ...story.repeated],
      cost_usd: Number(conversation.cost_usd),
      ...(story.route === undefined ? {} : { route: story.route }),
      ...(outcome === 'lost' ? { error: 'no outcome' } : { latency_ms }),
    }
    return { result, messageId, handoffs: story.handoffs }
  } catch (error) {
    const result: RowResult = { ...empty, conversation_id, outcome: 'lost', error: messageOf(error) }
    return { result, messageId, handoffs: [] }
  }
}

async function start({ row, messageId, clientOf, signal }: Sending) {
  const message = { id: messageId, text: row.text, channel: 'api', wait: HOLD_SECONDS } as const
  for (let tries = 0; ; tries++) {
    const client = clientOf(tries)
    try {
      const sent = await patiently(() => client.start(message), { within: ACCEPTED_WITHIN, signal })
      return { client, sent }
    } catch (error) {
      // Only a refusal proves that this customer does not have the message, so that another may send it.
      const limited = error instanceof Refused && error.code === 'rate_limited'
      if (!limited || tries + 1 >= CUSTOMERS_TRIED) throw error
    }
  }
}

type Reached = { client: Client; conversationId: string; messageId: string; signal: AbortSignal }
type Settled = { status: 'answered' | 'handed_off' | 'failed' | 'lost'; reply?: Progress['reply'] }

async function settle(
  { client, conversationId, messageId, signal }: Reached,
  first: { status?: Progress['status'] | undefined; reply?: Progress['reply'] },
): Promise<Settled> {
  const deadline = Date.now() + SETTLES_WITHIN
  let now = first
  for (;;) {
    const { status, reply } = now
    if (status === 'answered' || status === 'handed_off' || status === 'failed') return { status, reply }
    if (Date.now() > deadline || signal.aborted) return { status: 'lost' }
    await sleep(POLL)
    try {
      now = await client.progress(conversationId, messageId)
    } catch (error) {
      if (!isPassing(error)) throw error
    }
  }
}

async function look(reached: Reached, replySeq: number | undefined) {
  const { client, conversationId, messageId, signal } = reached
  const again = <T>(read: () => Promise<T>) => patiently(read, { within: 60_000, signal })
  const transcript = await again(() => client.transcript(conversationId))
  const last = Math.max(0, replySeq ?? 0, ...transcript.map(({ seq }) => seq))
  const conversation: ConversationView = await again(() => client.conversation(conversationId))
  // The offer of a handoff may stand right behind the acknowledgement.
  const isTold = (story: Story, seq: number) =>
    seq >= last && (conversation.controlled_by === 'ai' || story.handoffs.length > 0)
  const story = await again(() => readStory(reached, isTold))
  const missing = !transcript.some(({ id }) => id === messageId)
  return { story, conversation, doubled: doubledIn(transcript, messageId), missing }
}

const STREAM_WITHIN = 10_000

/** The durable events until the story is told; the stream itself would go on for ever. */
async function readStory(
  { client, conversationId }: Reached,
  isTold: (story: Story, seq: number) => boolean,
): Promise<Story> {
  const events: StreamEvent[] = []
  const signal = AbortSignal.timeout(STREAM_WITHIN)
  for await (const { id, data } of client.events(conversationId, 0, { signal })) {
    if (id === undefined) continue
    events.push(JSON.parse(data) as StreamEvent)
    const story = tellStory(events)
    if (isTold(story, Number(id))) return story
  }
  return tellStory(events)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
