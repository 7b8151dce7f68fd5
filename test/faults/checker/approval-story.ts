// A refund that waited for people, as a healthy run leaves it behind; a test then breaks one thing in it.
import type { Decision, Operation, StoreRows } from '../../../faults/history.ts'
import { beginTale } from './story.ts'

export const CONSENT = {
  freeUpTo: { RefundPayment: 5_000 },
  dailyCents: 50_000,
  steps: [
    { upTo: 20_000, role: 'agent' as const, people: 1 },
    { upTo: 100_000, role: 'supervisor' as const, people: 1 },
    { upTo: null, role: 'supervisor' as const, people: 2 },
  ],
}

const ORDER = '12345'
export const refundOf = (cents: number) => `a refund of $${cents / 100}.00 for order ${ORDER}`

export type Refunding = ReturnType<typeof askedForRefund>

/** Ada asks for a refund of these cents, and it waits for people. */
export function askedForRefund(cents = 30_000, wants: 'approval' | 'write' = 'approval') {
  const tale = beginTale()
  tale.history.limits.consent = CONSENT
  const ada = tale.conversation('cust_1001')
  ada.send()
  ada.answer()
  const text = `Please refund $${cents / 100}.00 of order ${ORDER}.`
  const message = ada.send(text, { wants, operation: 'RefundPayment', key: ORDER, cents })
  return { tale, ada, cents, message }
}

/** The request is a row, and the customer reads that it waits. */
export function waitsFor({ tale, ada, cents }: Refunding, people = 1) {
  const { turn, claimed } = ada.beginTurn()
  const step = { conversation_id: ada.id, turn: turn.number, key: 'tool/1-0', kind: 'tool', tool: 'refund_order' }
  tale.store.steps.push({ ...step, outcome: 'needs_approval' })
  const approval: NonNullable<StoreRows['approvals']>[number] = {
    id: `appr_${turn.number}`,
    conversation_id: ada.id,
    customer_id: ada.customer,
    tool: 'refund_order',
    arguments: { order: ORDER, amount_cents: cents, currency: 'USD' },
    digest: 'd1',
    state: 'pending',
    needed_role: 'supervisor',
    needed_people: people,
    what: refundOf(cents),
    created_at: tale.now(),
    decided_at: null,
    told_at: null,
  }
  ;(tale.store.approvals ??= []).push(approval)
  ada.say(turn, claimed, `A colleague checks this first: ${approval.what}. Nothing is done yet; you will read it here.`)
  return approval
}

type Approval = ReturnType<typeof waitsFor>

export function decide(
  { tale, ada }: Refunding,
  approval: Approval,
  said: Partial<Decision> & { actor?: string; outcome?: Operation['outcome']; status?: number | null } = {},
) {
  const seen = { digest: approval.digest, tool: approval.tool, arguments: { ...(approval.arguments as object) } }
  const made = tale.operation({
    actor: 'supervisor_1',
    conversation: ada.id,
    kind: 'decide',
    key: `decide-${tale.now()}`,
    approval: approval.id,
    decision: 'approve',
    role: 'supervisor',
    digest: approval.digest,
    seen,
    ...said,
  })
  return made as Operation & Decision
}

/** Enough have agreed: both systems do it, and the customer is told. */
export function executed({ tale, ada, cents }: Refunding, approval: Approval) {
  Object.assign(approval, { state: 'approved', decided_at: tale.now() })
  const { turn, claimed } = ada.beginTurn()
  turn.approval_id = approval.id
  const effect = ada.sendWrite(turn.number, { tool: 'refund_order', key: approval.id })
  Object.assign(effect, { key: approval.id, authority: 'approval', approval_id: approval.id })
  effect.arguments = { ...(approval.arguments as object) }
  const { opened, paid } = refundedBy(ada, effect, cents)
  Object.assign(effect, { state: 'settled', ended_at: tale.tick(), outcome: {} })
  const step = { conversation_id: ada.id, turn: turn.number, key: 'tool/1-0', kind: 'tool', tool: 'refund_order' }
  tale.store.steps.push({ ...step, outcome: 'ok' })
  const reply = ada.say(turn, claimed, `Our colleagues agreed, and it is done: ${approval.what}.`)
  Object.assign(approval, { state: 'executed', told_at: tale.now() })
  return { turn, effect, opened, paid, reply }
}

/** The order system opens it, billing pays it. */
export function refundedBy(ada: Refunding['ada'], effect: { key: string }, cents: number) {
  const done = (operation: string, system: string) =>
    Object.assign(ada.apply(effect, { operation, system, key: ORDER }), { amount_cents: cents })
  return { opened: done('open_refund', 'orders'), paid: done('RefundPayment', 'billing') }
}

/** All of it: asked for, agreed to by a supervisor, done and told. */
export function approvedRefund(cents = 30_000) {
  const asked = askedForRefund(cents)
  const approval = waitsFor(asked)
  const decision = decide(asked, approval)
  return { asked, ...asked, approval, decision, ...executed(asked, approval) }
}
