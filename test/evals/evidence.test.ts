import { describe, expect, test } from 'vitest'
import { customerOf, CUSTOMERS } from '../../evals/customers.ts'
import { doubledIn } from '../../evals/doubled.ts'
import { effectsOf } from '../../evals/ledger.ts'
import { tellStory } from '../../evals/story.ts'

describe('doubled', () => {
  const message = (
    id: string,
    role: 'customer' | 'ai' | 'system',
    text = 'text',
    in_reply_to = role === 'customer' ? [] : ['m'],
  ) => ({
    id,
    seq: 1,
    role,
    text,
    in_reply_to,
    created_at: '2026-11-21T00:00:00Z',
  })
  const once = [message('m', 'customer'), message('r', 'ai'), message('n', 'system', 'masked')]

  test('one message, one answer and different notices are in order', () => {
    expect(doubledIn([...once, message('o', 'system', 'handed over')], 'm')).toEqual([])
    expect(doubledIn([...once, message('o', 'ai', 'more', ['another'])], 'm')).toEqual([])
  })
  test('two answers, the same notice twice, and a message twice are found', () => {
    expect(doubledIn([...once, message('r2', 'ai')], 'm')).toEqual(['2 answers of the AI'])
    expect(doubledIn([...once, message('n2', 'system', 'masked')], 'm')).toEqual(['the same notice twice'])
    expect(doubledIn([...once, message('m', 'customer')], 'm')).toEqual([
      'the message is in the transcript 2 times',
      'two messages with the same id',
    ])
  })
})

test('the effects of a conversation are those under its own keys and its handoffs', () => {
  const row = (system: 'orders' | 'ticketing' | 'billing' | 'model', operation: string, key: object, seq: number) =>
    ({
      seq,
      at: '',
      system,
      kind: system === 'model' ? 'model_call' : 'effect',
      operation,
      business_key: '',
      repeated: 0,
      ...key,
    }) as const
  const rows = [
    row('orders', 'cancel', { idempotency_key: 'conv_1/1/cancel/x' }, 1),
    row('ticketing', 'create', { idempotency_key: 'hand_1/ticket' }, 2),
    row('billing', 'credit', { reference: 'conv_1/2/credit/y' }, 3),
    row('billing', 'credit', { reference: 'conv_1/2/credit/y' }, 4),
    row('orders', 'cancel', { idempotency_key: 'conv_2/1/cancel/x' }, 5),
    row('model', 'chat', { idempotency_key: 'conv_1/1' }, 6),
  ]
  expect(effectsOf(rows, { conversation: 'conv_1', handoffs: ['hand_1'] })).toEqual({
    writes: [
      { system: 'orders', operation: 'cancel', of: 'tool' },
      { system: 'ticketing', operation: 'create', of: 'handoff' },
      { system: 'billing', operation: 'credit', of: 'tool' },
      { system: 'billing', operation: 'credit', of: 'tool' },
    ],
    doubled: ['effect applied 2 times: billing credit conv_1/2/credit/y'],
  })
})

test('the story keeps the first route, every tool and handoff, and what came twice', () => {
  const route = { specialist: 'order', confidence: 0.9 }
  const story = tellStory([
    { type: 'message-accepted', message_id: 'm' },
    { type: 'route-decided', intent: 'order', by: 'rules', ...route },
    { type: 'tool-started', tool: 'list_orders' },
    { type: 'route-decided', intent: 'account', by: 'model', ...route },
    { type: 'message-completed', message: { id: 'r' } },
    { type: 'message-completed', message: { id: 'r' } },
    { type: 'handoff-offered', handoff_id: 'hand_1' },
  ])
  expect(story).toEqual({
    route: { intent: 'order', by: 'rules', ...route },
    tools: ['list_orders'],
    handoffs: ['hand_1'],
    repeated: ['event message-completed r twice'],
  })
})

test('rows are spread over all seeded customers but the four named ones', () => {
  const met = new Set(Array.from({ length: CUSTOMERS }, (_, n) => customerOf(n, 123)))
  expect([met.size, met.has('cust_1004'), met.has('cust_1005'), met.has('cust_2000')]).toEqual([996, false, true, true])
})
