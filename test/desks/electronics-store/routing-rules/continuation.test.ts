import { expect, test } from 'vitest'
import { route } from './route.ts'

test('A1: a bare answer goes on with what the conversation is about', () => {
  expect(route('yes please', 'account')).toMatchObject({ intent: 'account', rule: 'continuation' })
  expect(route('the second one', 'tech_support')).toMatchObject({ intent: 'tech_support', rule: 'continuation' })
  expect(route('12346', 'order')).toMatchObject({ intent: 'order', prefetch: [{ input: { order: '12346' } }] })
  expect(route('yes please')).toBeNull()
})

test('A1: words that name an order are about that order, whatever was talked about before', () => {
  expect(route('Please cancel order 12346', 'tech_support')).toMatchObject({ intent: 'order', rule: 'topics' })
})
