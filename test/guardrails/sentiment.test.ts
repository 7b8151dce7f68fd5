import { expect, test } from 'vitest'
import { sentimentOf } from '../../src/guardrails/sentiment.ts'

test.each([
  ['Where is my order 12345?', 'neutral'],
  ['My screen is broken. What can I do? Thanks', 'neutral'],
  ['The payment failed', 'neutral'],
  ['This is unacceptable, I am furious!', 'negative'],
  ["I'm not happy with this", 'negative'],
  ['WHERE IS MY ORDER ALREADY', 'negative'],
  ['where is it???', 'negative'],
  ['Not bad at all', 'neutral'],
  ['Great, that was very helpful!', 'positive'],
  ['Thanks, perfect!!!', 'positive'],
  ['Wo ist mein Paket?', 'neutral'],
  ['', 'neutral'],
])('"%s" sounds %s', (text, sentiment) => {
  expect(sentimentOf(text)).toBe(sentiment)
})
