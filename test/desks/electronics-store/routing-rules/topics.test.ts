import { expect, test } from 'vitest'
import { desk } from '../../../../src/desks/electronics-store/desk.ts'
import { contentWords } from '../../../../src/desks/electronics-store/routing-rules/content-words.ts'
import { orderNumbersIn } from '../../../../src/desks/electronics-store/routing-rules/order-numbers.ts'
import { route } from './route.ts'

test('an order number with a status question is read before the model is asked', () => {
  expect(route('where is order 12345')).toEqual({
    rule: 'topics',
    intent: 'order',
    confidence: 0.9,
    prefetch: [{ tool: 'get_order_status', input: { order: '12345' }, answers: true }],
  })
})

test('a wish to cancel reads the order too', () => {
  expect(route('Please cancel order #12346')).toMatchObject({
    intent: 'order',
    prefetch: [{ tool: 'get_order_status', input: { order: '12346' } }],
  })
})

test.each([
  ['I forgot my password', 'account'],
  ['what do I still owe', 'account'],
  ['may I use a different card', 'account'],
  ['my account got locked', 'account'],
  ['show me my last invoice', 'account'],
  ['how can I change my phone number in my profile', 'account'],
  ['my parcel has not arrived', 'order'],
  ['what is your refund policy', 'order'],
  ['my headphones will not pair', 'tech_support'],
  ["the TV doesn't turn on", 'tech_support'],
  ['how long is the warranty', 'tech_support'],
  ['I want to file a complaint', 'escalation'],
])('"%s" goes to %s', (text, intent) => {
  expect(route(text)?.intent).toBe(intent)
})

test('a rule of the shop is searched for without the product and the days', () => {
  expect(route('what is your return policy for a laptop after 4 weeks?')).toMatchObject({
    prefetch: [{ tool: 'search_knowledge_base', input: { query: 'return policy' } }],
  })
})

test('a question of policy reads the articles by its content words', () => {
  expect(route('What is your refund policy, please?')?.prefetch).toEqual([
    { tool: 'search_knowledge_base', input: { query: 'refund policy' } },
  ])
})

test.each([
  'I ordered a watch and it does not sync, also I forgot my password',
  'the invoice for order 12345 is wrong',
  'book me a flight and order a pizza',
  'blue is a nice colour',
])('"%s" is left to the model', (text) => {
  expect(route(text)).toBeNull()
})

test.each([
  ['Hello there!', 'greeting'],
  ['how are you today?', 'how_are_you'],
  ['thanks a lot for your help', 'thanks'],
  ['ok bye', 'goodbye'],
  ['are you a robot or a real person?', 'about_ai'],
  ['Guten Tag', 'greeting'],
])('"%s" is answered with the text %s, without any model', (text, key) => {
  expect(route(text)).toMatchObject({ intent: 'none', text: key })
})

test('courtesy before a request is not small talk', () => {
  expect(route('Hi, where is order 12345?')?.intent).toBe('order')
  expect(route('thanks for nothing')?.text).toBeUndefined()
})

test('a bare answer goes on with what the conversation is about', () => {
  for (const text of ['yes', 'no', 'the second one', '12346', 'yes please', 'both'] as const) {
    expect(route(text, 'order')?.intent).toBe('order')
    expect(route(text)).toBeNull()
  }
  expect(route('12346', 'order')?.prefetch).toEqual([{ tool: 'get_order_status', input: { order: '12346' } }])
  expect(route('yes', 'account')?.prefetch).toBeUndefined()
  expect(route('yes', 'none')).toBeNull()
})

test('order numbers are told from amounts, dates and codes', () => {
  expect(orderNumbersIn('order 12345 and #22345, paid $1,249.00 on 2026-11-21, code ZX81-5512-9034')).toEqual([
    '12345',
    '22345',
  ])
  expect(orderNumbersIn('I paid 15000 dollars')).toEqual([])
})

test('every prefetched read exists and accepts its input', () => {
  for (const text of [
    'where is order 12345',
    'what is your refund policy',
    'my wifi is slow',
    'which payment methods do you take',
  ]) {
    for (const { tool: name, input } of route(text)?.prefetch ?? []) {
      const tool = desk.tools.find((candidate) => candidate.name === name)
      expect(tool?.effect).toBe('read')
      expect(tool?.input.safeParse(input).success).toBe(true)
    }
  }
})

test('content words leave out what no article is found by', () => {
  expect(contentWords('Hello, could you please tell me how I can reset the Wi-Fi router?')).toEqual([
    'reset',
    'wi-fi',
    'router',
  ])
})
