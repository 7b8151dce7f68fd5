import { expect, test } from 'vitest'
import { z } from 'zod'
import { desk } from '../../../src/desks/electronics-store/desk.ts'
import { electronicsStoreSystems } from '../../../src/desks/electronics-store/systems/systems.ts'
import { TEXT_KEYS } from '../../../src/domain/catalogue.ts'
import type { HandoffBrief } from '../../../src/domain/escalation.ts'
import { writeRulesOf } from '../../../src/desks/write-rules.ts'
import { findFacts } from '../../../src/domain/memory.ts'

const brief: HandoffBrief = {
  reason: 'person_requested',
  priority: 'normal',
  sentiment: 'negative',
  summary: 'Customer: where is it?\n'.repeat(2_000),
  wants: 'a person 😀'.repeat(200),
  tried: [{ tool: 'get_order_status', outcome: 'ok', came_back: 'status: shipped' }],
  facts: [{ kind: 'order', value: '12345' }],
  suggested_next_step: 'Greet and take over.',
  suggested_reply: null,
  customer: { id: 'cust_1001', name: 'Ada Park', tier: 'premium' },
  expected_at: '2026-11-30T14:12:00.000Z',
  transcript_url: 'http://127.0.0.1:3000/v1/conversations/x/messages',
}

test('the ticket made from any brief is valid input of the ticket tool', () => {
  const tool = desk.tools.find(({ name }) => name === desk.ticket.tool)
  for (const one of [brief, { ...brief, summary: '', wants: '', tried: [], facts: [] }]) {
    const parsed = tool?.input.safeParse(desk.ticket.input(one))
    expect(parsed?.error).toBeUndefined()
    expect(JSON.stringify(desk.ticket.input(one)).isWellFormed()).toBe(true)
  }
  expect(JSON.stringify(desk.ticket.input(brief))).toContain('get_order_status: ok (status: shipped)')
  expect(JSON.stringify(desk.ticket.input(brief))).toContain('A person answers by 2026-11-30T14:12:00.000Z')
  expect(desk.ticket.ticketId({ ticket_id: 'T-4471' })).toBe('T-4471')
  expect(desk.ticket.ticketId(null)).toBeNull()
})

test('no tool input asks for a customer, a price or an address on the web', () => {
  for (const tool of desk.tools) {
    expect(JSON.stringify(z.toJSONSchema(tool.input))).not.toMatch(/customer_?id|tenant|approver|price|"url"/i)
    expect(tool.input.safeParse({ customer_id: 'cust_1002' }).success).toBe(false)
  }
})

test('every text is there in English and German; texts about people name a time or a ticket, those about approvals what', () => {
  for (const language of [desk.catalogue.en, desk.catalogue['de'] ?? {}]) {
    for (const key of TEXT_KEYS) {
      const people = /^(handoff_|ticket_is)/.test(key) ? /\{(time|opens|ticket)\}/g : /$^/g
      const values = key.startsWith('approval_') ? /\{(what|reason)\}/g : people
      expect(language[key]?.replaceAll(values, '')).toMatch(/^[^{}!]{10,}$/)
      expect(language[key]?.includes('{what}')).toBe(key.startsWith('approval_'))
    }
  }
})

test('order numbers and a given name are remembered, amounts and mail addresses are not', () => {
  expect(findFacts(desk.facts, 'My name is Ada Park, order 12345 and 22345, paid $1249, ada@example.com')).toEqual(
    expect.arrayContaining([
      { kind: 'order', value: '12345' },
      { kind: 'order', value: '22345' },
      { kind: 'name', value: 'Ada Park' },
    ]),
  )
  expect(findFacts(desk.facts, 'I paid $12490 in 2026, ada@example.com')).toEqual([])
})

test('missing addresses are all named at once', () => {
  const never = () => Promise.reject(new Error('not called'))
  const ports = {
    http: { call: never },
    soap: { call: never },
    cache: { get: never, set: never, drop: never },
    knowledge: { search: never },
    settings: { crm: 'http://x' },
  }
  expect(() => electronicsStoreSystems(ports)).toThrow('orders, billing, ticketing')
})

test.each([
  ['cancel_order', 'I have cancelled order 12346.', true],
  ['cancel_order', 'Your order 12346 has been cancelled.', true],
  ['refund_order', 'I refunded you $20.', true],
  ['cancel_order', 'Ich habe Ihre Bestellung storniert.', true],
  ['cancel_order', 'Shall I cancel order 12346?', false],
  ['cancel_order', 'Order 12346 can still be cancelled.', false],
  ['cancel_order', 'Once it has been cancelled, the refund takes five days.', false],
  ['cancel_order', 'Order 31000 was cancelled on Monday.', false],
  ['modify_order', 'I have updated the address of order 12346.', true],
  ['modify_order', 'The shipping address has been changed.', true],
  ['modify_order', 'The address can be changed until it ships.', false],
  ['reset_password', 'I have sent a reset link to a***@example.com.', true],
  ['reset_password', 'Shall I send you a link to reset the password?', false],
  ['update_payment_method', 'Your payment method has been updated.', true],
  ['create_ticket', 'I have opened a ticket for you.', true],
  ['create_ticket', 'I can open a ticket for you.', false],
])('%s: "%s" claims that it was done: %s', (name, sentence, claimed) => {
  const tool = desk.tools.find((candidate) => candidate.name === name)
  const claims = tool?.effect === 'write' ? (tool.claims ?? []) : []
  expect(claims.some((pattern) => pattern.test(sentence))).toBe(claimed)
})

test('H3: a write in words is made from the very arguments, for approver and customer alike', () => {
  const rules = writeRulesOf(desk)
  const facts = { total_cents: 124_900, refundable_cents: 124_900, customer_name: 'Ben Ortiz' }
  const whole = { order: '22345', amount_cents: 124_900, currency: 'USD', reason: 'faulty' }
  const refund = rules.get('refund_order')
  expect(refund?.describe(whole, facts, 'en')).toEqual({
    text: 'Refund $1,249.00, the whole of order 22345, to Ben Ortiz, back to the card the order was paid with.',
    after: 'Nothing is left to refund after it.',
    what: 'a refund of $1,249.00 for order 22345',
  })
  expect(refund?.describe({ ...whole, amount_cents: 2000 }, facts, 'de-AT')).toEqual({
    text: 'Refund $20.00, part of order 22345 ($1,249.00), to Ben Ortiz, back to the card the order was paid with.',
    after: '$1,229.00 can still be refunded after it.',
    what: 'eine Erstattung von $20.00 für Bestellung 22345',
  })
  expect(refund?.amount(whole, facts)).toEqual({ cents: 124_900, currency: 'USD' })
  expect(rules.get('cancel_order')?.describe({ order: '1234' }, { status: 'shipped', total: '$5.00' }, 'en').text).toBe(
    'Cancel the whole of order 1234 ($5.00), which has shipped already.',
  )
  // A tool without words of its own is worded by its name and arguments.
  expect(rules.get('reset_password')?.describe({}, {}, 'en')).toEqual({
    text: 'Reset password',
    what: 'reset password',
  })
})

test('H3: an edit of a refund stays with its order and within what it cost; other writes cannot be edited', () => {
  const rules = writeRulesOf(desk)
  const before = { order: '22345', amount_cents: 124_900, currency: 'USD' }
  const edit = (edited: Record<string, string | number>) =>
    rules.get('refund_order')?.edit(edited, before, { refundable_cents: 124_900 }).kind
  expect(edit({ ...before, amount_cents: 20_000 })).toBe('edited')
  for (const wrong of [
    { ...before, amount_cents: 124_901 },
    { ...before, amount_cents: 0 },
    { ...before, order: '12345' },
    { order: '22345' },
    { ...before, customer_id: 'cust_1001' },
  ]) {
    expect(edit(wrong)).toBe('problem')
  }
  expect(rules.get('cancel_order')?.edit({ order: '22345' }, { order: '22345' }, {}).kind).toBe('problem')
})
