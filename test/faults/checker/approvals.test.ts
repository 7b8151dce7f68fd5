// Rule 11: what people agreed to, what ran, and what the customer was told of it.
import { describe, expect, test } from 'vitest'
import { approvedRefund, askedForRefund, decide, executed, refundedBy, refundOf, waitsFor } from './approval-story.ts'
import { explained, kindsIn } from './kinds-in.ts'

const LONG = 10 * 60_000

/** A refund that the AI makes by itself. */
function freeRefund(cents = 4_000) {
  const asked = askedForRefund(cents, 'write')
  const { tale, ada } = asked
  const { turn, claimed } = ada.beginTurn()
  const effect = ada.sendWrite(turn.number, { tool: 'refund_order', key: 'r' })
  const rows = refundedBy(ada, effect, cents)
  Object.assign(effect, { state: 'settled', ended_at: tale.tick(), outcome: {} })
  const step = { conversation_id: ada.id, turn: turn.number, key: 'tool/1-0', kind: 'tool', tool: 'refund_order' }
  tale.store.steps.push({ ...step, outcome: 'ok' })
  const reply = ada.say(turn, claimed, `Your refund of $${cents / 100}.00 for order 12345 is booked.`)
  return { ...asked, effect, reply, ...rows }
}

describe('clean', () => {
  test('a refund that people agreed to, one that runs at once, and a record without approvals', () => {
    expect(kindsIn(approvedRefund().tale.end())).toEqual([])
    const { tale } = freeRefund()
    expect(kindsIn(tale.end())).toEqual([])
    delete tale.history.limits.consent
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('two people, one of them an agent, agree to a large one', () => {
    const asked = askedForRefund(150_000)
    const approval = waitsFor(asked, 2)
    decide(asked, approval, { actor: 'agent_1', role: 'agent' })
    decide(asked, approval)
    executed(asked, approval)
    expect(kindsIn(asked.tale.end())).toEqual([])
  })

  test('a decision repeated under its key, one of unknown outcome, and refusals by the API change nothing', () => {
    const asked = askedForRefund()
    const approval = waitsFor(asked)
    const refused = { outcome: 'fail', status: 409 } as const
    decide(asked, approval, { digest: 'wrong', ...refused })
    decide(asked, approval, { key: 'k', outcome: 'unknown', status: null })
    decide(asked, approval, { key: 'k' })
    decide(asked, approval, { decision: 'refuse', ...refused })
    decide(asked, approval, { actor: 'supervisor_2', decision: 'refuse', ...refused })
    executed(asked, approval)
    expect(kindsIn(asked.tale.end())).toEqual([])
  })

  test('undecided, refused and expired ones of which nothing ran', () => {
    const undecided = askedForRefund()
    waitsFor(undecided)
    expect(kindsIn(undecided.tale.end())).toEqual([])
    const refused = askedForRefund()
    const approval = waitsFor(refused)
    decide(refused, approval, { decision: 'refuse' })
    const { turn, claimed } = refused.ada.beginTurn()
    turn.approval_id = approval.id
    refused.ada.say(turn, claimed, `Our colleagues decided against it, so nothing was done: ${approval.what}.`)
    Object.assign(approval, { state: 'refused', decided_at: refused.tale.now(), told_at: refused.tale.now() })
    expect(kindsIn(refused.tale.end())).toEqual([])
  })
})

describe('consent-missing', () => {
  test('a write on an approval that is undecided, refused, expired or not there is told', () => {
    for (const state of ['pending', 'refused', 'expired', 'superseded']) {
      const { tale, approval } = approvedRefund()
      approval.state = state
      expect(kindsIn(tale.end())).toContain('consent-missing')
    }
    const { tale, effect } = approvedRefund()
    effect.approval_id = 'appr_9'
    expect(kindsIn(tale.end())).toContain('consent-missing')
  })

  test('a write that nobody, too few, or nobody with the role agreed to is told', () => {
    const nobody = approvedRefund()
    Object.assign(nobody.decision, { outcome: 'fail', status: 409 })
    expect(kindsIn(nobody.tale.end())).toEqual(['consent-missing'])
    const few = approvedRefund(150_000)
    expect(kindsIn(few.tale.end())).toEqual(['consent-missing'])
    const { tale, decision } = approvedRefund()
    Object.assign(decision, { actor: 'agent_1', role: 'agent' })
    expect(explained(tale.end(), 'consent-missing')[1]).toBe(
      'billing did RefundPayment on 12345 ($300.00), which needs 1 with the role supervisor, and agent_1 had agreed.',
    )
  })

  test('a write that ran before anybody had agreed is told', () => {
    const { tale, decision, paid } = approvedRefund()
    decision.invokedAt = Date.parse(paid.at) + 1
    expect(kindsIn(tale.end())).toEqual(['consent-missing'])
  })

  test('a refund over the free amount, or over that of the day, which nobody was asked for, is told', () => {
    expect(kindsIn(freeRefund(5_100).tale.end())).toEqual(['consent-missing'])
    const { tale, ada, effect } = freeRefund()
    const before = ada.sendWrite(1, { tool: 'apply_goodwill_credit', key: 'c' })
    const row = ada.apply(before, { operation: 'ApplyCredit', system: 'billing', key: 'cust_1001' })
    Object.assign(row, { amount_cents: 47_000 })
    Object.assign(before, { state: 'unknown', ended_at: tale.now() })
    expect(explained(tale.end(), 'consent-missing')).toEqual([])
    before.created_at = effect.created_at - 1
    expect(explained(tale.end(), 'consent-missing')[0]).toContain("though the customer's day comes to $510.00")
  })

  test('a refund that had to be put before people and was made by the AI is an effect without request, too', () => {
    const { tale, message, cents } = freeRefund()
    message.post.intent = { wants: 'approval', operation: 'RefundPayment', key: '12345', cents }
    expect(kindsIn(tale.end())).toEqual(['effect-without-request'])
  })

  test('a refund of all that is left needs people only if that is more than is free', () => {
    for (const [cents, kinds] of [
      [4_000, []],
      [5_100, ['consent-missing']],
    ] as const) {
      const { tale, message } = freeRefund(cents)
      message.post.intent = { wants: 'approval', operation: 'RefundPayment', key: '12345' }
      expect(kindsIn(tale.end())).toEqual(kinds)
    }
  })
})

describe('decision-wrongly-accepted', () => {
  test('a wrong digest that was accepted is told', () => {
    const { tale, asked, approval } = approvedRefund()
    decide(asked, approval, { actor: 'agent_2', role: 'agent', digest: 'wrong', outcome: 'unknown', status: null })
    expect(kindsIn(tale.end())).toEqual([])
    decide(asked, approval, { actor: 'agent_2', role: 'agent', digest: 'wrong' })
    expect(kindsIn(tale.end())).toEqual(['decision-wrongly-accepted'])
  })

  test('a second decision of the same person, and one more than are needed, is told', () => {
    const twice = approvedRefund()
    decide(twice.asked, twice.approval, { decision: 'refuse' })
    expect(explained(twice.tale.end(), 'decision-wrongly-accepted')).toEqual([
      'supervisor_1 decided on appr_2 twice.',
      'appr_2 was approved by supervisor_1, and supervisor_1 could refuse it.',
    ])
    const { tale, asked, approval } = approvedRefund()
    decide(asked, approval, { actor: 'supervisor_2' })
    expect(kindsIn(tale.end())).toEqual(['decision-wrongly-accepted'])
  })

  test('a refusal by two is told', () => {
    const asked = askedForRefund()
    const approval = waitsFor(asked)
    for (const actor of ['supervisor_1', 'supervisor_2']) decide(asked, approval, { actor, decision: 'refuse' })
    Object.assign(approval, { state: 'refused', told_at: asked.tale.now() })
    expect(kindsIn(asked.tale.end())).toEqual(['decision-wrongly-accepted'])
  })
})

describe('approval-executed-twice', () => {
  test('a second execution of one approval is told, under its key or another', () => {
    const { tale, ada, cents, effect } = approvedRefund()
    refundedBy(ada, effect, cents)
    expect(kindsIn(tale.end())).toEqual(['approval-executed-twice', 'effect-twice'])
    const other = approvedRefund()
    const again = other.ada.sendWrite(other.turn.number, { tool: 'refund_order', key: 'again' })
    Object.assign(again, {
      ...other.effect,
      id: again.id,
      key: 'again',
      created_at: again.created_at,
      sent_at: again.sent_at,
    })
    refundedBy(other.ada, again, other.cents)
    again.ended_at = other.tale.tick()
    expect(kindsIn(other.tale.end())).toContain('approval-executed-twice')
  })
})

describe('executed-other-than-approved', () => {
  test('other arguments than its approver saw are told; the order of fields makes no difference', () => {
    const { tale, effect } = approvedRefund()
    effect.arguments = { currency: 'USD', amount_cents: 30_000, order: '12345' }
    expect(kindsIn(tale.end())).toEqual([])
    effect.arguments = { order: '12345', amount_cents: 30_001, currency: 'USD' }
    expect(kindsIn(tale.end())).toEqual(['executed-other-than-approved'])
  })

  test('another amount or another order at the back end is told', () => {
    const sum = approvedRefund()
    for (const row of [sum.opened, sum.paid]) row.amount_cents = 29_000
    expect(kindsIn(sum.tale.end())).toContain('executed-other-than-approved')
    const order = approvedRefund()
    order.opened.business_key = '12399'
    expect(kindsIn(order.tale.end())).toContain('executed-other-than-approved')
  })
})

describe('approval-left-undone', () => {
  test('a decision that was accepted and is not in the store is told', () => {
    const approved = askedForRefund()
    decide(approved, waitsFor(approved))
    expect(kindsIn(approved.tale.end())).toEqual(['approval-left-undone'])
    const refused = askedForRefund()
    decide(refused, waitsFor(refused), { decision: 'refuse' })
    expect(kindsIn(refused.tale.end())).toEqual(['approval-left-undone'])
  })

  test('approved, and nothing happens past the deadline of a turn, is told; not before, nor when it is shown as stuck', () => {
    const asked = askedForRefund()
    const approval = waitsFor(asked)
    decide(asked, approval)
    Object.assign(approval, { state: 'approved', decided_at: asked.tale.now() })
    expect(kindsIn(asked.tale.end())).toEqual(['approval-left-undone'])
    asked.tale.store.stuck.push(asked.ada.id)
    expect(kindsIn(asked.tale.end())).toEqual([])
    asked.tale.store.stuck.pop()
    approval.decided_at = asked.tale.now() + LONG
    expect(kindsIn(asked.tale.end())).toEqual([])
  })

  test('approved, and the outcome is unknown, is clean once a person was told', () => {
    const { tale, ada, asked, approval, effect, reply, turn } = approvedRefund()
    Object.assign(approval, { state: 'approved', told_at: null })
    Object.assign(effect, { state: 'unknown' })
    tale.store.steps.pop()
    reply.text = 'We do not know yet whether this was done; a person checks.'
    expect(kindsIn(tale.end())).toEqual(['still-open-past-deadline'])
    expect([asked.cents, turn.approval_id]).toEqual([30_000, approval.id])
    ada.offer('unknown_outcome')
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('executed without a settled write, or never told, or told twice, is told', () => {
    const unsettled = approvedRefund()
    unsettled.effect.state = 'sent'
    expect(kindsIn(unsettled.tale.end())).toContain('approval-left-undone')
    const untold = approvedRefund()
    untold.approval.told_at = null
    untold.reply.text = 'One moment.'
    expect(kindsIn(untold.tale.end())).toEqual(['approval-left-undone'])
    const silent = approvedRefund()
    silent.reply.text = 'One moment.'
    expect(explained(silent.tale.end(), 'approval-left-undone')).toEqual([
      `"${refundOf(30_000)}" was done 1 times, and told 0 times.`,
    ])
    const { tale, ada, reply } = approvedRefund()
    const { turn, claimed } = ada.beginTurn()
    ada.say(turn, claimed, reply.text)
    expect(kindsIn(tale.end())).toEqual(['approval-left-undone'])
  })
})

describe('what is said of an approval', () => {
  test('"it is done" of what no system did, or did later, is told', () => {
    const later = approvedRefund()
    later.reply.created_at = Date.parse(later.paid.at) - 1
    expect(kindsIn(later.tale.end())).toEqual(['said-done-but-not-done'])
    const asked = askedForRefund()
    const approval = waitsFor(asked)
    const { turn, claimed } = asked.ada.beginTurn()
    asked.ada.say(turn, claimed, `Our colleagues agreed, and it is done: ${approval.what}.`)
    expect(kindsIn(asked.tale.end())).toEqual(['said-done-but-not-done'])
  })

  test('"your refund is booked" of one that nobody paid is told', () => {
    const { tale, ada } = askedForRefund()
    ada.answer('Your refund of $300.00 for order 12345 is booked.')
    expect(kindsIn(tale.end())).toEqual(['said-done-but-not-done'])
  })

  test('"nothing was done" of what a system did is told', () => {
    const { tale, reply, approval } = approvedRefund()
    reply.text = `Our colleagues agreed, but the system declined it, so nothing was done: ${approval.what}.`
    expect(kindsIn(tale.end())).toContain('done-but-said-failed')
  })
})

describe('done-by-halves', () => {
  test('paid without having been opened, with other money, or withdrawn all the same, is told', () => {
    const unopened = freeRefund()
    unopened.tale.history.ledger.splice(unopened.tale.history.ledger.indexOf(unopened.opened), 1)
    expect(kindsIn(unopened.tale.end())).toEqual(['done-by-halves'])
    const other = freeRefund()
    other.opened.amount_cents = 3_000
    expect(kindsIn(other.tale.end())).toContain('done-by-halves')
    const { tale, ada, effect } = freeRefund()
    ada.apply({ key: `${effect.key}/withdraw` }, { operation: 'withdraw_refund', system: 'orders', key: '12345' })
    expect(kindsIn(tale.end())).toEqual(['done-by-halves'])
  })

  test('opened and declined is told until it is withdrawn, and a person’s matter once one has ruled', () => {
    const declined = () => {
      const story = freeRefund()
      const { tale, effect, reply, paid } = story
      tale.history.ledger.splice(tale.history.ledger.indexOf(paid), 1)
      Object.assign(effect, { state: 'refused' })
      tale.store.steps.splice(-1, 1, ...tale.store.steps.slice(-1).map((step) => ({ ...step, outcome: 'refused' })))
      reply.text = 'That is not possible: order 12345 cost less.'
      return story
    }
    const { tale, ada, effect } = declined()
    expect(kindsIn(tale.end())).toEqual(['done-by-halves'])
    ada.apply({ key: `${effect.key}/withdraw` }, { operation: 'withdraw_refund', system: 'orders', key: '12345' })
    expect(kindsIn(tale.end())).toEqual([])
    const ruled = declined()
    ruled.effect.outcome = { ruling: { outcome: 'did_not_happen' } }
    expect(kindsIn(ruled.tale.end())).toEqual([])
  })
})
