import { expect, test } from 'vitest'
import { readArguments } from '../../scripts/chat/arguments.ts'
import { readInput } from '../../scripts/chat/input.ts'
import { statusLine } from '../../scripts/chat/status-line.ts'

test.each([
  ['  ', { kind: 'nothing' }],
  [' /QUIT ', { kind: 'quit' }],
  ['/help', { kind: 'help' }],
  ['/refund', { kind: 'unknown', name: '/refund' }],
  ['/etc/hosts is a file', { kind: 'message', text: '/etc/hosts is a file' }],
  [' Where is 12345? ', { kind: 'message', text: 'Where is 12345?' }],
])('the line %j', (line, input) => expect(readInput(line)).toEqual(input))

test('the customer is cust_1001 unless another is named', () => {
  expect(readArguments([])).toEqual({ as: 'cust_1001' })
  expect(readArguments(['--as', 'cust_1002', '--conversation', 'conv_1'])).toEqual({
    as: 'cust_1002',
    conversation: 'conv_1',
  })
})

test('the status says who has the conversation and what it cost', () => {
  const conversation = {
    id: 'conv_1',
    customer_id: 'cust_1001',
    channel: 'web',
    desk: 'electronics-store',
    status: 'open',
    controlled_by: 'human',
    intent: 'tech_support',
    specialist: 'tech_support',
    ticket_id: 'T-1',
    next: null,
    cost_usd: '0.001234',
    created_at: '',
    updated_at: '',
  } as const
  expect(statusLine(conversation)).toBe(
    'conv_1 · open · a person has it · about tech support · ticket T-1 · cost $0.001234',
  )
  expect(statusLine({ ...conversation, controlled_by: 'ai', specialist: null, closing: true })).toBe(
    'conv_1 · closes when the open answer is finished · the AI has it · ticket T-1 · cost $0.001234',
  )
})
