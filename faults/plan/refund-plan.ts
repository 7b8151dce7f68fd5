// Refunds, put into conversations in place of small talk and questions: some run at once, most need one person or two. From a
// stream of numbers of its own, so that the rest of the load stays as it was.
import { type Random, seededRandom } from '../../sandbox/seed/random.ts'
import type { CustomerOrders } from './customers.ts'
import type { ApproversPlan, ConversationPlan, MessagePlan } from './load-plan.ts'
import type { Wording } from './wordings.ts'

/** The ledger's operation of a refund that was paid. */
const REFUND = 'RefundPayment'
/** Dollars that are refunded without asking anybody, as the desk's policy has it. */
const FREE = 50
/** Dollars of a refund, least and most: nobody, an agent, a supervisor, or two people. */
const AMOUNTS = [
  [5, FREE],
  [FREE + 1, 200],
  [201, 1000],
  [1001, 3000],
] as const
/** Which of them is wanted: what runs at once, and what needs two, more often than the rest. */
const SIZES = [0, 0, 1, 2, 3, 3] as const

const ASKS = 0.45
const ASKS_AGAIN = 0.25
const WHOLE = 0.2

const APPROVERS: readonly ApproversPlan[] = [
  'approve',
  'approve',
  'approve',
  'approve',
  'approve',
  'refuse',
  'wrong digest first',
  'wrong digest first',
  'change of mind',
  'two at once',
  'two at once',
  'nobody decides',
]

/** The same seed and plans give the same plans. One refund a conversation, so that no burst mixes two amounts. */
export function askForRefunds(
  seed: number,
  plans: readonly ConversationPlan[],
  customers: readonly CustomerOrders[],
): ConversationPlan[] {
  const random = seededRandom(seed ^ 0x2b992ddf)
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  return plans.map((plan) => {
    const approvers = random.pick(APPROVERS)
    const asks = random.fraction() < ASKS
    const wording = asks ? refundText(random, byId.get(plan.customer)?.refundable ?? []) : null
    return { ...plan, approvers, messages: wording ? withRefund(random, plan.messages, wording) : plan.messages }
  })
}

function withRefund(random: Random, messages: readonly MessagePlan[], wording: Wording): MessagePlan[] {
  const replaceable = [...messages.keys()].filter((at) => /^(talk|read)$/.test(messages[at]?.intent.wants ?? ''))
  if (replaceable.length === 0) return [...messages]
  const first = random.pick(replaceable)
  const later = replaceable.filter((at) => at > first)
  const again = later.length > 0 && random.fraction() < ASKS_AGAIN ? random.pick(later) : null
  return messages.map((message, at) => (at === first || at === again ? { ...message, ...wording } : message))
}

/** Null when the customer has no order that can be refunded. */
export function refundText(random: Random, refundable: CustomerOrders['refundable']): Wording | null {
  const wanted = random.pick(SIZES)
  const chance = random.fraction()
  // What no order of the customer has cost is asked for in the next smaller size.
  for (const [least, most] of AMOUNTS.slice(0, wanted + 1).toReversed()) {
    const fitting = refundable.filter(({ cents }) => cents >= least * 100)
    if (fitting.length === 0) continue
    const { order, cents: cost } = random.pick(fitting)
    if (chance < WHOLE) return asking(`I want my money back for order ${order}.`, { key: order }, cost)
    const cents = random.between(least, Math.min(most, Math.floor(cost / 100))) * 100
    return asking(`Please refund $${cents / 100}.00 of order ${order}.`, { key: order, cents }, cents)
  }
  return null
}

/** The whole is what is left of it by then, so that its amount is not part of the wish. */
const asking = (text: string, wish: { key: string; cents?: number }, cents: number): Wording => ({
  text,
  intent: { wants: cents > FREE * 100 ? 'approval' : 'write', operation: REFUND, ...wish },
})
