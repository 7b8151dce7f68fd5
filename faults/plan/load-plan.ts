// What the virtual customers will do, decided by the seed alone: who writes what, when, how often, and how the answer is watched.
import { type Random, seededRandom } from '../../sandbox/seed/random.ts'
import type { Intent } from '../history.ts'
import { type CustomerOrders, customersWithOrders } from './customers.ts'
import { askForRefunds } from './refund-plan.ts'
import { forbiddenText, personText, readText, refusedText, talkText, type Wording, writeText } from './wordings.ts'

/** How the same message id is sent again. */
export type Repeat =
  /** Twice at once, at two APIs. */
  | 'at once'
  /** Again after the answer, at another API. */
  | 'later'

/** One message of a conversation. */
export interface MessagePlan {
  id: string
  text: string
  intent: Intent
  repeat: Repeat | null
  /** Seconds of `Prefer: wait`; 0 without. */
  wait: number
  /** Sent without waiting for the answer to the one before. */
  burst: boolean
  /** Milliseconds of thought before it is sent. */
  think: number
}

/** What a person does once the conversation was handed to one. */
export type PersonPlan = 'answer and hand back' | 'hand back' | 'release first' | 'answer and close' | 'keep'

/** What the people do once something of the conversation waits for their consent. */
export type ApproversPlan =
  | 'approve'
  | 'refuse'
  /** One of them sends another digest than they saw, and then the right one. */
  | 'wrong digest first'
  /** Whoever approved refuses afterwards. */
  | 'change of mind'
  /** One approves and one refuses, at the same moment. */
  | 'two at once'
  | 'nobody decides'

/** One conversation. */
export interface ConversationPlan {
  /** Counts from 1. */
  index: number
  customer: string
  /** Which API the customer talks to first. */
  api: number
  /** `stream`: server-sent events with connections that break; `poll`: looks at each message. */
  watch: 'stream' | 'poll'
  /** Durable events after which the stream's client disconnects and comes back with Last-Event-ID; 0: never on purpose. */
  breakAfter: number
  /** Sends again with the same id when no answer came, as a good client does. */
  resends: boolean
  /** An agent takes over while this message (counted from 0) is being answered; null: nobody does. */
  takeOverAt: number | null
  person: PersonPlan
  approvers: ApproversPlan
  /** The customer closes at the end. */
  closes: boolean
  messages: MessagePlan[]
}

/** How much load. */
export interface LoadSize {
  conversations: number
  messages: number
}

const CHANGEABLE_SHARE = 0.5

/** The same seed and size give the same plan. */
export function planLoad(seed: number, { conversations, messages }: LoadSize): ConversationPlan[] {
  const random = seededRandom(seed)
  const everybody = customersWithOrders()
  const changeable = everybody.filter(({ processing }) => processing.length > 0)
  const people = { changeable, others: everybody.filter((each) => !changeable.includes(each)) }
  const indexes = Array.from({ length: conversations }, (_, at) => at + 1)
  const plans = indexes.map((index) => planConversation(index, messages, random, people))
  return askForRefunds(seed, plans, everybody)
}

function planConversation(
  index: number,
  messages: number,
  random: Random,
  people: { changeable: CustomerOrders[]; others: CustomerOrders[] },
): ConversationPlan {
  // Those with orders that can still be changed are few, and writes can go wrong in the most ways: they write often.
  const customer = random.pick(random.fraction() < CHANGEABLE_SHARE ? people.changeable : people.others)
  const kinds = messageKinds(random, messages, customer)
  const wordings = kinds.map((kind, at) => wordingOf(kind, { random, customer, at }))
  const chance = (share: number) => random.fraction() < share
  const bursts = chance(0.2)
  const watch = chance(0.4) ? 'stream' : 'poll'
  return {
    index,
    customer: customer.id,
    api: random.between(0, 1),
    watch,
    breakAfter: watch === 'stream' && chance(0.7) ? random.between(2, 9) : 0,
    resends: chance(0.85),
    takeOverAt: chance(0.08) ? random.between(0, messages - 1) : null,
    person: random.pick([
      'answer and hand back',
      'answer and hand back',
      'hand back',
      'hand back',
      'release first',
      'answer and close',
      'keep',
    ] as const),
    approvers: 'approve',
    closes: chance(0.25),
    messages: wordings.map(
      ({ text, intent }, at): MessagePlan => ({
        id: `m${index}-${at + 1}`,
        text,
        intent,
        repeat: intent.wants !== 'refusal' && chance(0.2) ? random.pick(['at once', 'later'] as const) : null,
        wait: chance(0.15) ? 8 : 0,
        burst: at > 0 && bursts && chance(0.6),
        think: random.between(50, 1500),
      }),
    ),
  }
}

/** Refunds have a plan of their own. */
type Kind = Exclude<Intent['wants'], 'approval'>

/** Mostly questions about orders and small things; writes often, because they can go wrong in more ways. */
function messageKinds(random: Random, count: number, customer: CustomerOrders): Kind[] {
  const kinds: Kind[] = []
  for (let at = 0; at < count; at += 1) {
    const chance = random.fraction()
    if (chance < 0.35) kinds.push('write')
    else if (chance < 0.6) kinds.push(customer.orders.length > 0 ? 'read' : 'talk')
    else if (chance < 0.82) kinds.push('talk')
    else if (chance < 0.89) kinds.push('forbidden')
    // A conversation begins with a message that is accepted.
    else if (chance < 0.94 && at > 0) kinds.push('refusal')
    else if (chance < 0.98 && at > 0) kinds.push('person')
    else kinds.push('talk')
  }
  return kinds
}

function wordingOf(kind: Kind, given: { random: Random; customer: CustomerOrders; at: number }): Wording {
  switch (kind) {
    case 'read':
      return readText(given)
    case 'write':
      return writeText(given)
    case 'forbidden':
      return forbiddenText(given)
    case 'person':
      return personText(given)
    case 'refusal':
      return refusedText(given)
    case 'talk':
      return talkText(given)
  }
}
