import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openSandbox } from './running.ts'
import type { TestSandbox } from './running.ts'

let sandbox: TestSandbox
let openai: OpenAI
beforeAll(async () => {
  sandbox = await openSandbox()
  openai = new OpenAI({ apiKey: 'any', baseURL: `${sandbox.url()}/v1`, maxRetries: 0 })
})
afterEach(() => sandbox.heal())
afterAll(() => sandbox.stop())

type Tool = OpenAI.Chat.Completions.ChatCompletionFunctionTool
type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam

function tool(name: string, properties: Record<string, unknown> = {}, required: string[] = []): Tool {
  return { type: 'function', function: { name, description: '', parameters: { type: 'object', properties, required } } }
}

const text = { type: 'string' }
const orderTools = [
  tool('get_order_status', { order_number: text }, ['order_number']),
  tool('list_orders'),
  tool('cancel_order', { order_number: text, reason: text }, ['order_number']),
  tool('transfer', { to: { type: 'string', enum: ['account', 'order', 'tech_support'] }, reason: text }, [
    'to',
    'reason',
  ]),
  tool('escalate', { reason: text }, ['reason']),
]

async function ask(
  messages: Message[],
  tools: Tool[] = orderTools,
): Promise<OpenAI.Chat.Completions.ChatCompletionMessage> {
  const completion = await openai.chat.completions.create({ model: 'scripted-large', messages, tools })
  const message = completion.choices[0]?.message
  if (!message) throw new Error('no choice')
  return message
}

function callsOf(message: OpenAI.Chat.Completions.ChatCompletionMessage): [name: string, args: unknown][] {
  return (message.tool_calls ?? []).map((call) => {
    if (call.type !== 'function') throw new Error('no function call')
    return [call.function.name, JSON.parse(call.function.arguments)]
  })
}

function results(message: OpenAI.Chat.Completions.ChatCompletionMessage, ...values: unknown[]): Message[] {
  return [
    message,
    ...(message.tool_calls ?? []).map(
      (call, index): Message => ({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(values[index]) }),
    ),
  ]
}

const system: Message = { role: 'system', content: 'You are the order specialist.' }
const processing = {
  number: '12346',
  status: 'processing',
  eta: '2026-11-06',
  items: [{ name: 'Desk Lamp', quantity: 1 }],
}
const shipped = {
  number: '12345',
  status: 'shipped',
  tracking: 'ZX81',
  carrier: 'Parcelway',
  eta: '2026-11-03',
  items: [],
}

test('two independent questions become two parallel calls, and the answer tells both', async () => {
  const messages: Message[] = [system, { role: 'user', content: 'Where is order 12345?\nAnd where is order 12346?' }]
  const call = await ask(messages)
  expect(callsOf(call)).toEqual([
    ['get_order_status', { order_number: '12345' }],
    ['get_order_status', { order_number: '12346' }],
  ])
  const answer = await ask([...messages, ...results(call, shipped, processing)])
  expect(answer.content).toMatch(
    /Order 12345 has shipped with Parcelway \(tracking ZX81\)[\s\S]*Order 12346 is being processed/,
  )
})

test('cancelling without a number lists, asks, and cancels only after the customer agreed', async () => {
  const messages: Message[] = [system, { role: 'user', content: 'I want to cancel my order' }]
  const list = await ask(messages)
  expect(callsOf(list)).toEqual([['list_orders', {}]])
  messages.push(...results(list, { orders: [shipped, processing] }))
  const question = await ask(messages)
  expect(question.content).toContain('Shall I cancel order 12346?')
  messages.push(question, { role: 'user', content: 'yes please' })
  const cancel = await ask(messages)
  expect(callsOf(cancel)).toEqual([['cancel_order', { order_number: '12346', reason: expect.any(String) }]])
  const settled = await ask([
    ...messages,
    ...results(cancel, { outcome: 'settled', order: { ...processing, status: 'cancelled' } }),
  ])
  expect(settled.content).toContain('Order 12346 is cancelled')
  const refused = await ask([
    ...messages,
    ...results(cancel, { outcome: 'refused', code: 'already_shipped', message: 'It has already shipped.' }),
  ])
  expect(refused.content).toBe('That is not possible: It has already shipped.')
  const unknown = await ask([...messages, ...results(cancel, { outcome: 'unknown' })])
  expect(unknown.content).toMatch(/A colleague checks it/)
})

test('a "no" changes nothing', async () => {
  const answer = await ask([
    system,
    { role: 'user', content: 'cancel my order' },
    { role: 'assistant', content: 'Shall I cancel order 12346?' },
    { role: 'user', content: 'no, leave it' },
  ])
  expect([answer.tool_calls, answer.content]).toEqual([undefined, expect.stringContaining('leave it as it is')])
})

test('another order in the next message never fills in a write that was asked about', async () => {
  const answer = await ask([
    system,
    { role: 'user', content: 'cancel my order' },
    { role: 'assistant', content: 'Shall I cancel order 12346?' },
    { role: 'user', content: 'what about order 12345?' },
  ])
  expect(callsOf(answer)).toEqual([['get_order_status', { order_number: '12345' }]])
})

test('results in an envelope with an outcome are read like bare ones', async () => {
  const messages: Message[] = [system, { role: 'user', content: 'cancel order 12345' }]
  const call = await ask(messages)
  const refused = { outcome: 'refused', result: { refused: 'already_shipped', message: 'Order 12345 has shipped.' } }
  expect((await ask([...messages, ...results(call, refused)])).content).toBe(
    'That is not possible: Order 12345 has shipped.',
  )
  const done = { outcome: 'ok', result: { order: '12345', status: 'cancelled', items: [] } }
  expect((await ask([...messages, ...results(call, done)])).content).toContain('Order 12345 is cancelled')
})

test('results that already stand in the messages are used without a call', async () => {
  const prefetched: Message[] = [
    {
      role: 'assistant',
      tool_calls: [
        { id: 'p1', type: 'function', function: { name: 'get_order_status', arguments: '{"order_number":"12345"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'p1', content: JSON.stringify(shipped) },
  ]
  const answer = await ask([system, { role: 'user', content: 'Where is order 12345?' }, ...prefetched])
  expect([answer.tool_calls, answer.content]).toEqual([undefined, expect.stringContaining('tracking ZX81')])
})

test('renamed parameters are filled by their meaning', async () => {
  const renamed = [
    tool('track_order', { orderId: { type: 'string', description: 'number of the order' } }, ['orderId']),
  ]
  expect(callsOf(await ask([{ role: 'user', content: 'track order #12345' }], renamed))).toEqual([
    ['track_order', { orderId: '12345' }],
  ])
})

test('a question of another domain is transferred, and a wish for a person escalates', async () => {
  expect(callsOf(await ask([system, { role: 'user', content: 'I forgot my password' }]))).toMatchObject([
    ['transfer', { to: 'account' }],
  ])
  expect(callsOf(await ask([system, { role: 'user', content: 'Let me talk to a human' }]))).toMatchObject([
    ['escalate', {}],
  ])
})

test.each(['Hi!', 'thank you', 'are you a real person?', 'what is the highest mountain', 'maybe', 'yes'])(
  '%s starts no tool',
  async (line) => {
    const answer = await ask([system, { role: 'user', content: line }])
    expect([answer.tool_calls, answer.content]).toEqual([undefined, expect.stringMatching(/\w/)])
  },
)

test('passages are quoted with the citation form of the instructions', async () => {
  const search = [tool('search_knowledge_base', { query: text }, ['query'])]
  const messages: Message[] = [
    { role: 'system', content: 'Cite every passage as [document-id].' },
    { role: 'user', content: 'How long is the warranty on headphones?' },
  ]
  const call = await ask(messages, search)
  expect(callsOf(call)).toEqual([['search_knowledge_base', { query: expect.stringContaining('warranty') }]])
  const found = {
    passages: [
      {
        id: 'warranty',
        title: 'Warranty',
        text: 'Every device has a warranty of two years. It covers faults in material.',
      },
    ],
  }
  const answer = await ask([...messages, ...results(call, found)], search)
  expect(answer.content).toBe('Every device has a warranty of two years. It covers faults in material. [warranty]')
  const nothing = await ask([...messages, ...results(call, { passages: [] })], search)
  expect(nothing.content).toContain('found nothing')
})

test('a refused argument is mended once', async () => {
  const messages: Message[] = [system, { role: 'user', content: 'cancel order 12346' }]
  const first = await ask(messages)
  messages.push(...results(first, { error: { code: 'invalid_arguments', message: 'reason: unknown' } }))
  const second = await ask(messages)
  expect(callsOf(second)).toEqual([['cancel_order', { order_number: '12346' }]])
  messages.push(...results(second, { error: { code: 'invalid_arguments', message: 'order_number: not yours' } }))
  expect((await ask(messages)).content).toContain('order_number: not yours')
})

test('the router answers in the schema it was given', async () => {
  const routed = async (content: string): Promise<unknown> => {
    const completion = await openai.chat.completions.create({
      model: 'scripted-small',
      messages: [
        { role: 'system', content: 'Route.' },
        { role: 'user', content },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'route',
          strict: true,
          schema: {
            type: 'object',
            properties: {
              intent: { type: 'string', enum: ['account', 'order', 'tech_support', 'escalation', 'none'] },
              confidence: { type: 'number' },
            },
            required: ['intent', 'confidence'],
          },
        },
      },
    })
    return JSON.parse(completion.choices[0]?.message.content ?? '')
  }
  const sure = (intent: string) => ({ intent, confidence: expect.closeTo(0.9, 0) })
  expect(await routed('Where is my package?')).toEqual(sure('order'))
  expect(await routed('I forgot my password')).toEqual(sure('account'))
  expect(await routed('My headphones will not connect via bluetooth')).toEqual(sure('tech_support'))
  expect(await routed('I want to speak to a real person')).toEqual(sure('escalation'))
  expect(await routed('blue')).toEqual({ intent: 'none', confidence: 0.5 })
})

test('a summary keeps the order numbers', async () => {
  const completion = await openai.chat.completions.create({
    model: 'scripted-small',
    messages: [{ role: 'user', content: 'Summarize.\ncustomer: where is order 12345?\nai: It has shipped.' }],
  })
  expect(completion.choices[0]?.message.content).toMatch(/12345/)
})

test('a stream has text deltas, tool calls in pieces, and usage when asked', async () => {
  const stream = openai.chat.completions.stream({
    model: 'scripted-large',
    messages: [system, { role: 'user', content: 'Where is order 12345?' }],
    tools: orderTools,
    stream_options: { include_usage: true },
  })
  const completion = await stream.finalChatCompletion()
  expect(completion.choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: { tool_calls: [{ function: { name: 'get_order_status', arguments: '{"order_number":"12345"}' } }] },
  })
  expect(completion.usage?.total_tokens).toBeGreaterThan(50)
  const deltas: string[] = []
  for await (const chunk of await openai.chat.completions.create({
    model: 'scripted-small',
    stream: true,
    messages: [{ role: 'user', content: 'Hello' }],
  })) {
    deltas.push(chunk.choices[0]?.delta.content ?? '')
  }
  expect(deltas.length).toBeGreaterThan(5)
  expect(deltas.join('')).toMatch(/^Hello. I am the AI assistant/)
})

test('embeddings are unit vectors of 256, near for near texts', async () => {
  const { data } = await openai.embeddings.create({
    model: 'scripted-small',
    input: ['return a laptop', 'returning laptops', 'opening hours'],
  })
  const [a = [], b = [], c = []] = data.map((entry) => entry.embedding)
  const dot = (x: number[], y: number[]): number => x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0)
  expect(a).toHaveLength(256)
  expect(dot(a, a)).toBeCloseTo(1, 5)
  expect(dot(a, b)).toBeGreaterThan(0.5)
  expect(dot(a, c)).toBeLessThan(0.3)
})

test('errors have the shape of the protocol, and every call is a ledger row', async () => {
  await expect(
    openai.chat.completions.create({ model: 'gpt-9', messages: [{ role: 'user', content: 'x' }] }),
  ).rejects.toMatchObject({
    status: 404,
    code: 'model_not_found',
  })
  const before = (await sandbox.ledger('?system=model')).length
  await openai.chat.completions.create({
    model: 'scripted-small',
    user: 'turn-7',
    messages: [{ role: 'user', content: 'x' }],
  })
  const rows = await sandbox.ledger('?system=model')
  expect(rows).toHaveLength(before + 1)
  expect(rows.at(-1)).toMatchObject({
    kind: 'model_call',
    operation: 'chat.completions',
    business_key: 'scripted-small turn-7',
    repeated: 0,
  })
})
