// Follows a conversation: subscribes first, then reads rows, and reads again on every hint, gap and second, so that a
// hint lost between commit and publish starves nobody (rule 14). Each durable event goes out once, in order (P4).
import type { Kernel } from '../../kernel/kernel.ts'
import { eventsAfter, latestSeq, type StoredEvent } from '../../kernel/reads/events.ts'
import type { BusMessage } from '../../ports/bus.ts'
import { createDoorbell } from '../wait-for-answer.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import type { SseWriter } from './sse-writer.ts'

/** Without a bus every event waits for this; once a hint came, polling only makes good for lost ones. */
const POLL = 1000
const POLL_WITH_BUS = 2000
const PAGE = 200
/** Pieces kept while rows are read; beyond it the oldest are dropped, as any piece may be. */
const MOST_PIECES = 1000

export type Following = {
  conversationId: string
  /** Durable events after this seq; null for those from now on. */
  after: number | null
  /** The customer who reads; undefined for staff, who see events that customers do not. */
  customerId: string | undefined
  writer: SseWriter
  until: AbortSignal
}

/** Resolves when `until` aborts, or the conversation is gone or no longer the customer's who reads. */
export async function followEvents(kernel: Kernel, following: Following): Promise<void> {
  const { conversationId, until } = following
  const doorbell = createDoorbell()
  const pieces: BusMessage[] = []
  let poll = POLL
  const unsubscribe = await kernel.bus.subscribe(conversationId, (message) => {
    poll = POLL_WITH_BUS
    pieces.push(message)
    if (pieces.length > MOST_PIECES) pieces.shift()
    doorbell.ring()
  })
  until.addEventListener('abort', doorbell.ring, { once: true })
  try {
    const start = await latestSeq(kernel, conversationId)
    if (!start || (following.customerId !== undefined && start.customerId !== following.customerId)) return
    const drafts = createDrafts(start.floor)
    let readAt = 0
    let seq = Math.min(following.after ?? start.seq, start.seq)
    while (!until.aborted) {
      // Taken before the rows are read, so that a piece is never judged by rows older than itself.
      const taken = pieces.splice(0)
      // Pieces of text alone say nothing of new rows, and there are dozens of them a second.
      if (taken.some((piece) => piece.kind === 'events') || Date.now() - readAt >= poll) {
        readAt = Date.now()
        const read = await sendRows(kernel, following, drafts, seq)
        if (read === null) return
        seq = read
      }
      for (const piece of taken) sendPiece(kernel, following, drafts, piece)
      if (pieces.length === 0) await doorbell.wait(poll)
    }
  } finally {
    unsubscribe()
    until.removeEventListener('abort', doorbell.ring)
  }
}

/** The last seq that was sent; null when the conversation left its reader. */
async function sendRows(kernel: Kernel, following: Following, drafts: Drafts, from: number): Promise<number | null> {
  let seq = from
  for (;;) {
    if (following.until.aborted) return seq
    const events = await eventsAfter(kernel, following.conversationId, seq, PAGE)
    for (const event of events) {
      // A guest signed in: who still holds the guest's token reads no further.
      if (event.type === 'customer-signed-in' && event.data['guest_id'] === following.customerId) return null
      noteCommitted(event, drafts)
      sendEvent(following, event)
      seq = event.seq
    }
    if (events.length < PAGE) return seq
  }
}

function noteCommitted(event: StoredEvent, drafts: Drafts): void {
  const { message } = event.data
  if (event.type !== 'message-completed' || typeof message !== 'object' || message === null) return
  if ('id' in message && typeof message['id'] === 'string') drafts.completed(message['id'])
}

function sendEvent({ conversationId, customerId, writer }: Following, { seq, type, audience, data, at }: StoredEvent) {
  if (audience === 'agents' && customerId !== undefined) return
  const head = { type, conversation_id: conversationId, seq, at: at.toISOString() }
  writer.send({ name: type, id: seq, data: { ...data, ...head } })
}

function sendPiece(kernel: Kernel, { conversationId, writer }: Following, drafts: Drafts, piece: BusMessage): void {
  const head = (type: string) => ({ type, conversation_id: conversationId, at: kernel.now().toISOString() })
  const restart = (messageId: string | null) => {
    if (messageId === null) return
    const data = { ...head('message-restarted'), message_id: messageId }
    writer.send({ name: 'message-restarted', data })
  }
  switch (piece.kind) {
    case 'events':
      restart(drafts.floorIs(piece.floor))
      return
    case 'restarted':
      restart(drafts.restarted(piece))
      return
    case 'delta': {
      const { restarted, show } = drafts.delta(piece)
      restart(restarted)
      if (!show) return
      const data = { ...head('message-delta'), message_id: piece.message_id, text: piece.text }
      writer.send({ name: 'message-delta', data })
      return
    }
    case 'accepted': // for workers, on a topic of its own
  }
}
