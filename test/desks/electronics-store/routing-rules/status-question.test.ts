import { expect, test } from 'vitest'
import { isStatusQuestion } from '../../../../src/desks/electronics-store/routing-rules/status-question.ts'

test.each([
  'Where is order 12345?',
  'Hi, where is my order #12345 please?',
  'When will order 12345 arrive?',
  'Has order 12345 shipped?',
  'Can you tell me where orders 12345 and 12346 are?',
  'Track order 12345',
])('S1: "%s" asks for a status and nothing else', (text) => {
  expect(isStatusQuestion(text)).toBe(true)
})

test.each([
  'Please cancel order 12346',
  'Where is order 12345 and can you cancel 12346?',
  'Where is 12345? I want my money back',
  'Did you charge me twice for order 12345?',
  'Where do you ship order 12345 from?',
  'Where is order 12345? And I forgot my password',
  'Change order 12345',
  'thanks',
  '',
])('S1: "%s" may need more than a status', (text) => {
  expect(isStatusQuestion(text)).toBe(false)
})
