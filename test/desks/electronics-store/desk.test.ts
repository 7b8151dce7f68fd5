import { expect, test } from 'vitest'
import { z } from 'zod'
import { desk } from '../../../src/desks/electronics-store/desk.ts'
import { electronicsStoreSystems } from '../../../src/desks/electronics-store/systems/systems.ts'
import { TEXT_KEYS } from '../../../src/domain/catalogue.ts'
import type { HandoffBrief } from '../../../src/domain/escalation.ts'
import { findFacts } from '../../../src/domain/memory.ts'

const brief: HandoffBrief = {
  reason: 'person_requested',
  priority: 'normal',
  sentiment: 'negative',
  summary: 'Customer: where is it?\n'.repeat(2_000),
  wants: 'a person 😀'.repeat(200),
  tried: [{ tool: 'get_order_status', outcome: 'ok' }],
  facts: [{ kind: 'order', value: '12345' }],
  transcript_url: 'http://127.0.0.1:3000/v1/conversations/x/messages',
}

test('the ticket made from any brief is valid input of the ticket tool', () => {
  const tool = desk.tools.find(({ name }) => name === desk.ticket.tool)
  for (const one of [brief, { ...brief, summary: '', wants: '', tried: [], facts: [] }]) {
    const parsed = tool?.input.safeParse(desk.ticket.input(one))
    expect(parsed?.error).toBeUndefined()
    expect(JSON.stringify(desk.ticket.input(one)).isWellFormed()).toBe(true)
  }
  expect(JSON.stringify(desk.ticket.input(brief))).toContain('get_order_status: ok')
  expect(desk.ticket.ticketId({ ticket_id: 'T-4471' })).toBe('T-4471')
  expect(desk.ticket.ticketId(null)).toBeNull()
})

test('no tool input asks for a customer, a price or an address on the web', () => {
  for (const tool of desk.tools) {
    expect(JSON.stringify(z.toJSONSchema(tool.input))).not.toMatch(/customer_?id|tenant|approver|price|amount|"url"/i)
    expect(tool.input.safeParse({ customer_id: 'cust_1002' }).success).toBe(false)
  }
})

test('every text is there in English and German, whole without values', () => {
  for (const language of [desk.catalogue.en, desk.catalogue['de'] ?? {}]) {
    for (const key of TEXT_KEYS) expect(language[key]).toMatch(/^[^{}!]{10,}$/)
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
  ['cancel_order', 'I refunded you $20.', true],
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
