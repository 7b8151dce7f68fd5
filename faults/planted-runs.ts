// For each planted bug the short run that brings it out: a load in which it matters, the fault that strikes there, and the kinds
// of violation of which at least one must be found.
import type { ConversationPlan, MessagePlan } from './plan/load-plan.ts'
import { customersWithOrders } from './plan/customers.ts'
import type { RunSize } from './sizes.ts'

export type PlantedRun = {
  plant: string
  caughtAs: string[]
  size: RunSize
  /** Kinds of faults to choose from; none of them when `size.faults` is 0. */
  kinds: string[]
  shape: (plan: ConversationPlan) => ConversationPlan
}

const size = (changes: Partial<RunSize> = {}): RunSize => ({
  conversations: 8,
  messages: 3,
  faults: 0,
  atOnce: 8,
  model: { latency_ms: 100, tokens_per_second: 400 },
  patience: 20_000,
  ...changes,
})

/** Nobody interferes, and every message is answered before the next. */
const calm = (plan: ConversationPlan): ConversationPlan => ({
  ...plan,
  watch: 'poll',
  resends: true,
  takeOverAt: null,
  person: 'answer and hand back',
  closes: false,
  messages: plan.messages.map((message) => ({ ...message, repeat: null, wait: 0, burst: false, think: 100 })),
})

/** Every message after the first is this one. */
const asking =
  (of: (customer: string, at: number) => Pick<MessagePlan, 'text' | 'intent'>) =>
  (plan: ConversationPlan): ConversationPlan => {
    const quiet = calm(plan)
    const greeting = { text: 'Hello there', intent: { wants: 'talk' } } as const
    const messages = quiet.messages.map((message, at) => ({
      ...message,
      ...(at === 0 ? greeting : of(plan.customer, at)),
    }))
    return { ...quiet, messages }
  }

const question = () => ({ text: 'How long is the warranty on headphones?', intent: { wants: 'talk' } }) as const
const reset = (key: string) =>
  ({ text: 'Please reset my password.', intent: { wants: 'write', operation: 'reset_password', key } }) as const

const changeable = customersWithOrders().filter(({ processing }) => processing.length > 0)
/** The conversations of a run are of different customers, each with an order that can still be changed. */
const owner = (plan: ConversationPlan) => {
  const found = changeable[plan.index % changeable.length]
  const [order] = found?.processing ?? []
  if (!found || order === undefined) throw new Error('nobody has an order that can be changed')
  return { customer: found.id, order }
}
const ofOrders =
  (text: (order: string, at: number) => string, operation: string) =>
  (plan: ConversationPlan): ConversationPlan => {
    const { customer, order } = owner(plan)
    const ask = (_: string, at: number) => ({
      text: text(order, at),
      intent: { wants: 'write', operation, key: order } as const,
    })
    return asking(ask)({ ...plan, customer })
  }
/** Refunds of different customers that need an agent; every message after the first asks for another amount. */
const refunding = customersWithOrders().filter(({ refundable }) => refundable.some(({ cents }) => cents > 40_000))
const refunds =
  (approvers: ConversationPlan['approvers']) =>
  (plan: ConversationPlan): ConversationPlan => {
    const customer = refunding[plan.index % refunding.length]
    const order = customer?.refundable.find(({ cents }) => cents > 40_000)?.order
    if (!customer || order === undefined) throw new Error('nobody has an order that costs enough')
    const ask = (_: string, at: number) => {
      const cents = 10_000 + at * 100
      return {
        text: `Please refund $${cents / 100}.00 of order ${order}.`,
        intent: { wants: 'approval', operation: 'RefundPayment', key: order, cents } as const,
      }
    }
    return asking(ask)({ ...plan, customer: customer.id, approvers })
  }
const cancels = ofOrders((order) => `Please cancel order ${order}.`, 'cancel_order')
const changes = ofOrders(
  (order, at) => `Please change the delivery address of order ${order} to ${100 + at} Oak Street, Boston 02110.`,
  'modify_order',
)

export const PLANTED_RUNS: readonly PlantedRun[] = [
  {
    plant: 'deduplication-dropped',
    caughtAs: ['accepted-twice'],
    size: size(),
    kinds: [],
    shape: (plan) => {
      const quiet = asking(question)(plan)
      return { ...quiet, messages: quiet.messages.map((each, at) => (at === 0 ? each : { ...each, repeat: 'later' })) }
    },
  },
  {
    plant: 'floor-check-skipped',
    caughtAs: ['ai-after-takeover'],
    size: size({ messages: 2, faults: 3, atOnce: 4 }),
    kinds: ['late-before-reply-commit'],
    shape: (plan) => ({ ...asking(question)(plan), takeOverAt: 1 }),
  },
  {
    plant: 'ledger-look-up-skipped',
    caughtAs: ['done-but-said-failed'],
    size: size({ messages: 2, faults: 3, atOnce: 3 }),
    kinds: ['kill-after-effect'],
    shape: cancels,
  },
  { plant: 'customers-swapped', caughtAs: ['wrong-customer'], size: size(), kinds: [], shape: asking(reset) },
  {
    plant: 'commit-before-effect',
    caughtAs: ['said-done-but-not-done'],
    size: size(),
    kinds: [],
    shape: asking(reset),
  },
  {
    plant: 'signal-without-row',
    caughtAs: ['accepted-lost'],
    size: size({ patience: 5000 }),
    kinds: [],
    shape: asking(question),
  },
  {
    plant: 'resume-off-by-one',
    caughtAs: ['event-missed'],
    size: size(),
    kinds: [],
    shape: (plan) => ({ ...asking(question)(plan), watch: 'stream', breakAfter: 2 }),
  },
  {
    plant: 'unknown-write-retried',
    caughtAs: ['effect-twice', 'effect-without-request'],
    size: size({ faults: 4, atOnce: 3 }),
    kinds: ['drop-after-effect'],
    shape: changes,
  },
  {
    plant: 'cap-ignored',
    caughtAs: ['over-a-cap'],
    size: size({ messages: 2 }),
    kinds: [],
    shape: asking(() => ({ text: 'a very long story '.repeat(300), intent: { wants: 'refusal', status: 422 } })),
  },
  {
    plant: 'relay-off',
    caughtAs: ['accepted-never-answered'],
    size: size({ messages: 2, faults: 2, atOnce: 4 }),
    kinds: ['kill-after-commit'],
    // Whoever sends again rings again, and so does the next message.
    shape: (plan) => ({ ...asking(question)(plan), resends: false }),
  },
  {
    plant: 'approval-ignored',
    caughtAs: ['consent-missing'],
    size: size({ messages: 2 }),
    kinds: [],
    shape: refunds('nobody decides'),
  },
  {
    plant: 'wrong-digest-accepted',
    caughtAs: ['decision-wrongly-accepted'],
    size: size({ messages: 2 }),
    kinds: [],
    shape: refunds('wrong digest first'),
  },
]
