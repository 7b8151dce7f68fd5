// Several turns with the scripted model, without a server: what a message means that says little by itself.
import { describe, expect, test } from 'vitest'
import { reply } from '../../sandbox/model/reply.ts'
import { readChatRequest } from '../../sandbox/model/request.ts'

const text = { type: 'string' }
const offer = (name: string, properties: Record<string, unknown> = {}, required: string[] = []) => ({
  type: 'function',
  function: { name, description: '', parameters: { type: 'object', properties, required } },
})
const address = { type: 'object', properties: { street: text, city: text, postal_code: text }, required: ['street'] }
const item = { type: 'object', properties: { sku: text, quantity: { type: 'integer' } }, required: ['sku', 'quantity'] }
const tools = [
  offer('get_order_status', { order: text }, ['order']),
  offer('list_orders', { status: { type: 'string', enum: ['processing', 'shipped'] }, limit: { type: 'integer' } }, []),
  offer('cancel_order', { order: text }, ['order']),
  offer('modify_order', { order: text, address, items: { type: 'array', items: item } }, ['order']),
  offer('search_knowledge_base', { query: text }, ['query']),
]

/** Says the lines in turn (customer first, then the answer, ...) and looks something up when results are given. */
function next(lines: string[], results: { tool: string; input: object; result: unknown }[] = []) {
  const messages: unknown[] = lines.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }))
  for (const [index, { tool, input, result }] of results.entries()) {
    const id = `call-${index}`
    messages.push({
      role: 'assistant',
      content: '',
      tool_calls: [{ id, type: 'function', function: { name: tool, arguments: JSON.stringify(input) } }],
    })
    messages.push({ role: 'tool', tool_call_id: id, content: JSON.stringify({ outcome: 'ok', result }) })
  }
  const chat = readChatRequest({ model: 'scripted-small', messages, tools })
  if (typeof chat === 'string') throw new Error(chat)
  const { text: said, calls } = reply(chat)
  return calls.length > 0 ? calls.map(({ name, arguments: input }) => [name, input]) : said
}

function routed(...lines: string[]) {
  const schema = {
    type: 'object',
    properties: {
      intent: { type: 'string', enum: ['account', 'order', 'tech_support', 'escalation', 'none'] },
      confidence: { type: 'number' },
    },
  }
  const messages = lines.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }))
  const chat = readChatRequest({
    model: 'scripted-small',
    messages,
    response_format: { type: 'json_schema', json_schema: { name: 'route', schema } },
  })
  if (typeof chat === 'string') throw new Error(chat)
  return JSON.parse(reply(chat).text) as { intent: string; confidence: number }
}

const offers = 'Is it about an order, your account or a bill, or a device? A few more words are enough.'
const helped = 'Turn Bluetooth on the phone off and on. [bluetooth-pairing]'

describe('the router', () => {
  test('a follow-up that says little belongs to what the conversation was about', () => {
    expect(routed('my headphones will not pair with my phone', helped, 'that made no difference')).toEqual({
      intent: 'tech_support',
      confidence: 0.75,
    })
    expect(routed('please track my parcel', 'Order 70001 has shipped.', 'the blue one')).toEqual({
      intent: 'order',
      confidence: 0.75,
    })
  })

  test('an unclear first message is unsure, and so is a second one after the question back', () => {
    expect(routed('well, you know').confidence).toBeLessThan(0.7)
    expect(routed('well, you know', offers, 'hard to say').confidence).toBeLessThan(0.7)
  })

  test('clear words win over what was talked about before', () => {
    expect(routed('please track my parcel', 'Order 70001 has shipped.', 'show me my invoices').intent).toBe('account')
  })

  test('thanks are no request in any conversation', () => {
    expect(routed('please track my parcel', 'Order 70001 has shipped.', 'ok thanks').intent).toBe('none')
  })
})

const lamp = { sku: 'LAMP', name: 'Nova Lamp', quantity: 1 }
const plug = { sku: 'PLUG', name: 'Nova Plug', quantity: 1 }
const order = { order: '70001', status: 'processing', items: [lamp, plug] }
const looked = [{ tool: 'get_order_status', input: { order: '70001' }, result: order }]

describe('changing an order over several turns', () => {
  test('an address in the second turn changes the order that the first turn named', () => {
    expect(
      next([
        'I would like to change order 70001',
        'What shall I change in order 70001, the address or a quantity? Please give me the new one.',
        'change the address to 8 Pine Road, Denver 80202',
      ]),
    ).toEqual([
      ['modify_order', { order: '70001', address: { street: '8 Pine Road', city: 'Denver', postal_code: '80202' } }],
    ])
  })

  test('a missing address is asked for', () => {
    expect(next(['where is order 70001?', 'Order 70001 is being processed.', 'change the address'])).toBe(
      'What is the new address for order 70001? Please give street, city and postal code.',
    )
  })

  test('the item that was named is changed, though another shares a word with it', () => {
    expect(next(['set the quantity of the Nova Plug in order 70001 to 3'], looked)).toEqual([
      ['modify_order', { order: '70001', items: [{ sku: 'PLUG', quantity: 3 }] }],
    ])
  })

  test.each(['the plug', 'the second one'])('"%s" answers which item was meant', (said) => {
    expect(
      next(
        [
          'set the quantity in order 70001 to 3',
          'Which item of order 70001 shall have the quantity 3: Nova Lamp or Nova Plug?',
          said,
        ],
        looked,
      ),
    ).toEqual([['modify_order', { order: '70001', items: [{ sku: 'PLUG', quantity: 3 }] }]])
  })

  test('pointing at an order of a list is asked about before it is cancelled', () => {
    const list = 'These are your newest orders:\n- 70001: processing, Nova Lamp\n- 70002: processing, Nova Plug'
    expect(next(['show my orders', list, 'cancel the second one'])).toBe('Shall I cancel order 70002?')
  })
})

describe('looking things up over several turns', () => {
  test('late orders are looked for among all that are on the way, and only they are named', () => {
    const lines = ['which of my orders are late?']
    expect(next(lines)).toEqual([['list_orders', { status: 'shipped', limit: 20 }]])
    const orders = [
      { order: '70001', status: 'shipped', late: true, eta: '2026-11-12', items: ['1 x Nova Lamp'] },
      { order: '70002', status: 'shipped', eta: '2026-11-30', items: ['1 x Nova Plug'] },
    ]
    expect(next(lines, [{ tool: 'list_orders', input: { status: 'shipped', limit: 20 }, result: { orders } }])).toBe(
      'One order is late, and I am sorry about that:\n- 70001: shipped, late, due Thursday, November 12, Nova Lamp',
    )
  })

  test('the last digits of a card are no order', () => {
    expect(
      next(['my balance?', 'Your balance is $5.00. You pay by Visa ending in 5100.', 'when is it coming?']),
    ).not.toEqual([['get_order_status', { order: '5100' }]])
  })

  test('steps that did not help are not told again', () => {
    const passages = [
      {
        document: 'bluetooth-pairing',
        title: 'Bluetooth',
        heading: 'Pairing',
        text: 'Turn Bluetooth on the phone off and on. Delete the old entry of the headphones and pair again.',
      },
    ]
    const search = (lines: string[]) =>
      next(lines, [{ tool: 'search_knowledge_base', input: { query: 'headphones pair phone' }, result: { passages } }])
    const first = 'my headphones will not pair with my phone'
    expect(search([first, 'Turn Bluetooth on the phone off and on. [1]', 'that did not help'])).toBe(
      'Delete the old entry of the headphones and pair again. [1]',
    )
  })

  test('a refusal is explained in its own words', () => {
    const chat = readChatRequest({
      model: 'scripted-small',
      tools,
      messages: [
        { role: 'user', content: 'cancel order 70001' },
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'cancel_order', arguments: '{"order":"70001"}' } },
          ],
        },
        {
          role: 'tool',
          tool_call_id: 'a',
          content: JSON.stringify({
            outcome: 'refused',
            result: { outcome: 'refused', code: 'already_delivered', message: 'Order 70001 was delivered.' },
          }),
        },
      ],
    })
    if (typeof chat === 'string') throw new Error(chat)
    expect(reply(chat)).toEqual({ text: 'That is not possible: Order 70001 was delivered.', calls: [] })
  })
})
