// The history, looked up from every side the kinds ask from. Built once; nothing in it is judged yet.
import type { Decision, History, Operation, Post, StoreRows, Stream } from '../history.ts'
import { groupBy } from './group-by.ts'
import { isPart } from './writes.ts'

export type ConversationRow = StoreRows['conversations'][number]
export type MessageRow = StoreRows['messages'][number]
export type EventRow = StoreRows['events'][number]
export type TurnRow = StoreRows['turns'][number]
export type StepRow = StoreRows['steps'][number]
export type EffectRow = StoreRows['effects'][number]
export type HandoffRow = StoreRows['handoffs'][number]
export type ApprovalRow = NonNullable<StoreRows['approvals']>[number]
export type LedgerRow = History['ledger'][number]
export type PostOperation = Operation & Post
export type DecisionOperation = Operation & Decision

/** Everything of one conversation. Lists are in the order of their seq, number or time. */
export type Story = {
  id: string
  /** The row itself; null when rows speak of a conversation that is not there. */
  row: ConversationRow | null
  messages: MessageRow[]
  events: EventRow[]
  turns: TurnRow[]
  steps: StepRow[]
  effects: EffectRow[]
  handoffs: HandoffRow[]
  approvals: ApprovalRow[]
  operations: Operation[]
  streams: Stream[]
  stuck: boolean
}

export type Evidence = {
  history: History
  stories: Story[]
  story: (conversation: string) => Story | null
  /** Posts by what was sent: the same customer, id and conversation are one message, however often it was posted. */
  sent: SentMessage[]
  /** Rows of the ledger from this run that changed something, in their order. */
  applied: LedgerRow[]
  /** The store's effect that a ledger row carries the key of. */
  effectOf: (row: LedgerRow) => EffectRow | null
  /** Ledger rows with this effect's key that make it done. */
  appliedFor: (effect: EffectRow) => LedgerRow[]
  /** The same, with what was done besides. */
  everythingFor: (effect: EffectRow) => LedgerRow[]
  approvalOf: (effect: EffectRow) => ApprovalRow | null
  /** What people said to this approval, in the order they began. */
  decisionsOn: (approval: string) => DecisionOperation[]
}

export type SentMessage = {
  customer: string
  messageId: string
  /** Null for a start of which no answer came and no row is known. */
  conversation: string | null
  first: boolean
  posts: PostOperation[]
  /** The row it became; null when the store has none. */
  row: MessageRow | null
}

export const isPost = (operation: Operation): operation is PostOperation =>
  operation.kind === 'start' || operation.kind === 'send'

export const isDecision = (operation: Operation): operation is DecisionOperation => operation.kind === 'decide'

export const succeeded = (operation: Operation): boolean =>
  operation.outcome === 'ok' && operation.status !== null && operation.status >= 200 && operation.status < 300

export const isCustomer = (actor: string): boolean => actor.startsWith('cust_')

export function gather(history: History): Evidence {
  const { store } = history
  const stories = storiesOf(history)
  const byId = new Map(stories.map((story) => [story.id, story]))
  const effectByKey = new Map(store.effects.map((effect) => [effect.key, effect]))
  const applied = history.ledger
    .filter((row) => row.kind === 'effect' && Date.parse(row.at) >= history.startedAt)
    .toSorted((a, b) => a.seq - b.seq)
  const byKey = groupBy(applied, (row) => keyOf(row))
  const everythingFor = (effect: EffectRow) => byKey.get(effect.key) ?? []
  const approvals = new Map((store.approvals ?? []).map((approval) => [approval.id, approval]))
  const decisions = groupBy(history.operations.filter(isDecision), ({ approval }) => approval)
  return {
    history,
    stories,
    story: (conversation) => byId.get(conversation) ?? null,
    sent: sentMessages(history),
    applied,
    effectOf: (row) => effectByKey.get(keyOf(row)) ?? null,
    appliedFor: (effect) => everythingFor(effect).filter(({ operation }) => !isPart(operation)),
    everythingFor,
    approvalOf: ({ approval_id: id }) => approvals.get(id ?? '') ?? null,
    decisionsOn: (approval) => decisions.get(approval) ?? [],
  }
}

/** Our key as the back end got it: REST systems by header, billing by reference. What withdraws a write adds a word to its key. */
export const keyOf = (row: LedgerRow): string => (row.idempotency_key ?? row.reference ?? '').replace(/\/withdraw$/, '')

function storiesOf(history: History): Story[] {
  const { store, operations, streams } = history
  const rows = new Map(store.conversations.map((row) => [row.id, row]))
  const messages = groupBy(store.messages, (row) => row.conversation_id)
  const events = groupBy(store.events, (row) => row.conversation_id)
  const turns = groupBy(store.turns, (row) => row.conversation_id)
  const steps = groupBy(store.steps, (row) => row.conversation_id)
  const effects = groupBy(store.effects, (row) => row.conversation_id)
  const handoffs = groupBy(store.handoffs, (row) => row.conversation_id)
  const approvals = groupBy(store.approvals ?? [], (row) => row.conversation_id)
  const asked = groupBy(operations, (operation) => operation.conversation ?? '')
  const followed = groupBy(streams, (stream) => stream.conversation)
  const stuck = new Set(store.stuck)
  const ids = new Set([
    ...rows.keys(),
    ...[messages, events, turns, steps, effects, handoffs, approvals, asked, followed].flatMap((group) => [
      ...group.keys(),
    ]),
  ])
  ids.delete('')
  return [...ids].map((id) => ({
    id,
    row: rows.get(id) ?? null,
    messages: (messages.get(id) ?? []).toSorted((a, b) => a.seq - b.seq),
    events: (events.get(id) ?? []).toSorted((a, b) => a.seq - b.seq),
    turns: (turns.get(id) ?? []).toSorted((a, b) => a.number - b.number),
    steps: steps.get(id) ?? [],
    effects: (effects.get(id) ?? []).toSorted((a, b) => a.created_at - b.created_at),
    handoffs: (handoffs.get(id) ?? []).toSorted((a, b) => a.offered_at - b.offered_at),
    approvals: approvals.get(id) ?? [],
    operations: (asked.get(id) ?? []).toSorted((a, b) => a.invokedAt - b.invokedAt),
    streams: followed.get(id) ?? [],
    stuck: stuck.has(id),
  }))
}

/** A start whose answer never came is found again by its id, which is unique among the customer's first messages. */
function sentMessages({ operations, store }: History): SentMessage[] {
  const customerRows = store.messages.filter((row) => row.role === 'customer')
  const inConversation = new Map(customerRows.map((row) => [`${row.conversation_id}/${row.id}`, row]))
  const byCustomer = groupBy(customerRows, (row) => `${row.customer_id}/${row.id}`)
  const posts = operations.filter(isPost)
  const groups = groupBy(posts, (post) =>
    post.kind === 'start'
      ? `start/${post.actor}/${post.messageId}`
      : `send/${post.actor}/${post.conversation ?? ''}/${post.messageId}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [one] = group
    if (!one) return []
    const known = group.find((post) => post.conversation !== null)?.conversation ?? null
    const rows = byCustomer.get(`${one.actor}/${one.messageId}`) ?? []
    const row = known === null ? (rows[0] ?? null) : (inConversation.get(`${known}/${one.messageId}`) ?? null)
    return {
      customer: one.actor,
      messageId: one.messageId,
      conversation: known ?? row?.conversation_id ?? null,
      first: one.kind === 'start',
      posts: group.toSorted((a, b) => a.invokedAt - b.invokedAt),
      row,
    }
  })
}
