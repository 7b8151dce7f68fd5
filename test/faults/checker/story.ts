// Writes clean histories for the checker's tests: what a healthy run leaves behind when customers write, the AI answers,
// writes are made and people take over. A test then breaks one thing in it.
import type { History, Intent, MessageSeen, Operation, Post, StoreRows } from '../../../faults/history.ts'

const BEGIN = Date.parse('2026-11-21T10:00:00Z')
const LATER = 5 * 60_000

export type Tale = ReturnType<typeof beginTale>

/** A run that one test tells; time goes on by 10 ms with everything that happens. */
export function beginTale() {
  let now = BEGIN
  const tick = (milliseconds = 10) => (now += milliseconds)
  const store: StoreRows = {
    conversations: [],
    messages: [],
    events: [],
    turns: [],
    steps: [],
    effects: [],
    handoffs: [],
    stuck: [],
  }
  const history: History = {
    seed: 1,
    startedAt: BEGIN,
    endedAt: BEGIN,
    limits: { textLength: 5000, modelCallsPerTurn: 7, toolCallsPerTurn: 40, costPerConversation: 0.5, turn: 120_000 },
    operations: [],
    streams: [],
    faults: [],
    store,
    ledger: [],
  }
  const operation = (rest: object, took = 4): Operation => {
    const invokedAt = tick()
    const endedAt = tick(took)
    const id = history.operations.length + 1
    const made = { id, invokedAt, endedAt, outcome: 'ok', status: 200, ...rest } as Operation
    history.operations.push(made)
    return made
  }
  return {
    history,
    store,
    tick,
    now: () => now,
    operation,
    /** Begins a conversation of this customer with its first message. */
    conversation: (customer: string) =>
      beginConversation({ store, history, tick, operation, now: () => now }, customer),
    /** The run as it is recorded, five minutes after the last thing happened. */
    end(): History {
      history.endedAt = now + LATER
      return history
    },
  }
}

type Room = {
  store: StoreRows
  history: History
  tick: (milliseconds?: number) => number
  now: () => number
  operation: (rest: object, took?: number) => Operation
}

export type Conversation = ReturnType<typeof beginConversation>

function beginConversation(room: Room, customer: string) {
  const { store, history, tick, operation } = room
  const id = `conv_${store.conversations.length + 1}`
  const row: StoreRows['conversations'][number] = {
    id,
    customer_id: customer,
    status: 'open',
    controlled_by: 'ai',
    floor: 1,
    open_turn: null,
    last_seq: 0,
    cost_usd: 0.001,
    wake_at: null,
  }
  store.conversations.push(row)
  let messages = 0

  const event = (type: string, key: string, data: object = {}) => {
    row.last_seq += 1
    store.events.push({ conversation_id: id, seq: row.last_seq, type, key, at: room.now(), data })
    return row.last_seq
  }
  const message = (
    rest: Partial<StoreRows['messages'][number]> & { id: string; role: 'customer' | 'ai' | 'human' | 'system' },
  ) => {
    const type = rest.role === 'customer' ? 'message-accepted' : 'message-completed'
    const made = {
      conversation_id: id,
      customer_id: customer,
      seq: event(type, rest.id),
      text: 'Text.',
      status: null,
      turn: null,
      in_reply_to: [],
      created_at: room.now(),
      ...rest,
    }
    store.messages.push(made)
    return made
  }
  const status = () =>
    event('status-changed', String(row.last_seq + 1), { status: row.status, controlled_by: row.controlled_by })
  const waiting = () => store.messages.filter((each) => each.conversation_id === id && each.status === 'accepted')
  const beginTurn = () => {
    tick()
    const number = store.turns.filter((turn) => turn.conversation_id === id).length + 1
    const claimed = waiting()
    for (const each of claimed) Object.assign(each, { status: 'processing', turn: number })
    const turn: StoreRows['turns'][number] = {
      conversation_id: id,
      number,
      state: 'open',
      floor: row.floor,
      outcome: null,
      reply_message_id: `${id}-reply-${number}`,
      started_at: room.now(),
      deadline_at: room.now() + 120_000,
      ended_at: null,
    }
    store.turns.push(turn)
    row.open_turn = number
    const ids = claimed.map((each) => each.id)
    event('turn-started', String(number), { turn: number, message_ids: ids })
    return { turn, claimed }
  }
  const endTurn = (turn: StoreRows['turns'][number], state: string) => {
    Object.assign(turn, { state, ended_at: room.now() })
    row.open_turn = null
  }

  const self = {
    id,
    row,
    customer,
    event,
    beginTurn,
    /** Posts a message and stores it; `accepted` under the AI, `handed_off` under a person. */
    send(text = 'Good morning', intent: Intent = { wants: 'talk' }, rest: object = {}) {
      messages += 1
      const first = messages === 1
      const messageId = `${id}-m${messages}`
      const kind = first ? 'start' : 'send'
      const post = operation({
        actor: customer,
        conversation: id,
        status: first ? 201 : 202,
        kind,
        messageId,
        text,
        intent,
        waited: null,
        ...rest,
      })
      const state = row.controlled_by === 'human' ? 'handed_off' : 'accepted'
      const stored = message({ id: messageId, role: 'customer', text, status: state, created_at: room.now() })
      return Object.assign(stored, { post: post as Operation & Post })
    },
    /** The AI answers everything that waits, in one turn. */
    answer(text = 'Good morning, how can I help?') {
      const { turn, claimed } = beginTurn()
      return self.say(turn, claimed, text)
    },
    say(turn: StoreRows['turns'][number], claimed: StoreRows['messages'], text: string) {
      tick()
      for (const each of claimed) each.status = 'answered'
      const reply = message({
        id: turn.reply_message_id,
        role: 'ai',
        text,
        turn: turn.number,
        in_reply_to: claimed.map((each) => each.id),
      })
      endTurn(turn, 'done')
      return reply
    },
    /** The AI makes the write that the waiting message asks for, and says so. */
    write(operation: { operation: string; tool: string; system: string; key: string }, text: string) {
      const { turn, claimed } = beginTurn()
      const effect = self.sendWrite(turn.number, operation)
      const proof = self.apply(effect, operation)
      tick()
      Object.assign(effect, { state: 'settled', ended_at: room.now(), outcome: {} })
      const step = {
        conversation_id: id,
        turn: turn.number,
        key: 'tool/1-0',
        kind: 'tool',
        tool: operation.tool,
        outcome: 'ok' as string | null,
      }
      store.steps.push(step)
      return { turn, effect, proof, step, reply: self.say(turn, claimed, text) }
    },
    /** Writes an intention down and marks it sent. */
    sendWrite(turn: number, { tool, key }: { tool: string; key: string }) {
      tick()
      const effect: StoreRows['effects'][number] = {
        id: `eff_${store.effects.length + 1}`,
        key: `${id}/${turn}/${tool}/d-${key}`,
        conversation_id: id,
        customer_id: customer,
        authority: 'turn',
        turn,
        tool,
        business_key: null,
        state: 'sent',
        floor: row.floor,
        created_at: room.now(),
        sent_at: tick(),
        ended_at: null,
        outcome: null,
      }
      store.effects.push(effect)
      return effect
    },
    /** The back end does it. */
    apply(effect: { key: string }, write: { operation: string; system: string; key: string }) {
      const made = {
        seq: history.ledger.length + 1,
        at: new Date(tick()).toISOString(),
        system: write.system,
        kind: 'effect' as const,
        operation: write.operation,
        business_key: write.key,
        idempotency_key: effect.key,
        customer_id: customer,
        repeated: 0,
      }
      history.ledger.push(made)
      return made
    },
    /** A person is needed: the turn ends, the customer is told, a ticket is written. */
    handOff(reason = 'person_requested', messageStatus = 'handed_off') {
      const { turn, claimed } = beginTurn()
      tick()
      for (const each of claimed) each.status = messageStatus
      endTurn(turn, messageStatus === 'failed' ? 'failed' : 'handed_off')
      const note = message({
        id: `${turn.reply_message_id}-note`,
        role: 'system',
        text: 'A person takes over here.',
        turn: turn.number,
        in_reply_to: claimed.map((each) => each.id),
      })
      return { turn, note, handoff: self.offer(reason) }
    },
    offer(reason: string) {
      const handoff: StoreRows['handoffs'][number] = {
        id: `hand_${store.handoffs.length + 1}`,
        conversation_id: id,
        state: 'offered',
        reason,
        offered_at: room.now(),
        claimed_at: null,
        ended_at: null,
      }
      store.handoffs.push(handoff)
      event('handoff-offered', handoff.id, { handoff_id: handoff.id, reason })
      Object.assign(row, { floor: row.floor + 1, controlled_by: 'human', status: 'open' })
      status()
      const ticket = {
        tool: 'create_ticket',
        operation: 'create_ticket',
        system: 'ticketing',
        key: `T-${store.handoffs.length}`,
      }
      const effect = self.sendWrite(0, ticket)
      Object.assign(effect, { key: `${handoff.id}/ticket`, authority: 'handoff', turn: null })
      self.apply(effect, ticket)
      Object.assign(effect, { state: 'settled', ended_at: tick(), outcome: {} })
      return handoff
    },
    claim(handoff: StoreRows['handoffs'][number], agent = 'agent_1') {
      operation({ actor: agent, conversation: id, kind: 'claim', key: `claim-${handoff.id}` })
      Object.assign(handoff, { state: 'claimed', claimed_at: room.now() })
      row.floor += 1
      event('handoff-claimed', `${handoff.id}/${row.floor}`, { handoff_id: handoff.id })
    },
    /** A person answers everything that waits for people. */
    personReply(handoff: StoreRows['handoffs'][number], text = 'I have looked into it.') {
      const key = `${id}-person-${row.last_seq}`
      operation({ actor: 'agent_1', conversation: id, kind: 'reply', key, status: 201, text })
      const answered = store.messages.filter(
        (each) => each.conversation_id === id && (each.status === 'handed_off' || each.status === 'failed'),
      )
      for (const each of answered) each.status = 'answered'
      handoff.state = 'answered'
      return message({ id: key, role: 'human', text, in_reply_to: answered.map((each) => each.id) })
    },
    handBack(handoff: StoreRows['handoffs'][number]) {
      operation({ actor: 'agent_1', conversation: id, kind: 'hand_back', key: `back-${handoff.id}` })
      for (const each of store.messages) {
        if (each.conversation_id === id && (each.status === 'handed_off' || each.status === 'failed'))
          each.status = 'accepted'
      }
      Object.assign(handoff, { state: 'handed_back', ended_at: room.now() })
      Object.assign(row, { controlled_by: 'ai', floor: row.floor + 1 })
      event('handed-back', handoff.id, { handoff_id: handoff.id })
      status()
    },
    close() {
      operation({ actor: customer, conversation: id, kind: 'close', key: `close-${id}` })
      for (const each of store.handoffs) {
        if (each.conversation_id === id && each.ended_at === null)
          Object.assign(each, { state: 'resolved', ended_at: room.now() })
      }
      const wasHuman = row.controlled_by === 'human'
      Object.assign(row, { status: 'closed', controlled_by: 'ai', floor: row.floor + 1 })
      event('conversation-closed', String(row.floor))
      if (wasHuman) status()
    },
    poll(messageId: string, seen: MessageSeen | null, rest: object = {}) {
      return operation({ actor: customer, conversation: id, kind: 'poll', messageId, seen, ...rest })
    },
    /** Asks for the message as the store has it now. */
    look(messageId: string) {
      const row = store.messages.find((each) => each.conversation_id === id && each.id === messageId)
      const reply = store.messages.find(
        (each) => (each.role === 'ai' || each.role === 'human') && each.in_reply_to.includes(messageId),
      )
      const seen = { status: row?.status, replyId: reply?.id ?? null, replyText: reply?.text ?? null } as MessageSeen
      return self.poll(messageId, seen)
    },
    transcript(actor = customer) {
      const shown = store.messages
        .filter((each) => each.conversation_id === id)
        .map(({ id, seq, role, text, in_reply_to }) => ({ id, seq, role, text, in_reply_to: [...in_reply_to] }))
      return operation({ actor, conversation: id, kind: 'transcript', messages: shown })
    },
    /** A stream that showed everything so far that its reader may see. */
    follow(actor = customer, after = 0) {
      const hidden = new Set(actor.startsWith('cust_') ? ['handed-back', 'note-added'] : [])
      const events = store.events
        .filter((each) => each.conversation_id === id && each.seq > after && !hidden.has(each.type))
        .map(({ seq, type, key, at }) => ({ seq, type, key, at: at + 3 }))
      const stream = {
        id: history.streams.length + 1,
        actor,
        conversation: id,
        after,
        connections: 2,
        events,
        drafts: [] as { messageId: string; at: number; text: string | null }[],
        stayedFor: store.events.filter((each) => each.conversation_id === id).at(-1)?.seq ?? null,
      }
      history.streams.push(stream)
      return stream
    },
  }
  return self
}

export const CANCEL = { operation: 'cancel_order', tool: 'cancel_order', system: 'orders', key: '12346' }
export const RESET = { operation: 'reset_password', tool: 'reset_password', system: 'mail', key: 'cust_1001' }
export const wants = ({ operation, key }: { operation: string; key: string }): Intent => ({
  wants: 'write',
  operation,
  key,
})
