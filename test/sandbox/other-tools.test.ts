import { expect, test } from 'vitest'
import { otherCall } from '../../sandbox/model/other-tools.ts'
import { route } from '../../sandbox/model/router.ts'

const stock = {
  name: 'count_stock',
  description: 'How many pieces of a lamp are in stock in a shop, by its city.',
  parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
}

test('A11: a tool that no usual wish names is called when the customer uses its words', () => {
  expect(otherCall([stock], 'Do you have the desk lamp in stock in Boston?')).toMatchObject({ name: 'count_stock' })
  expect(otherCall([stock], 'Please tell me a joke')).toBeUndefined()
})

test('A11: it is not called while something it needs is unknown', () => {
  const parameters = { type: 'object', properties: { shelf: { type: 'integer' } }, required: ['shelf'] }
  expect(otherCall([{ ...stock, parameters }], 'Do you have the desk lamp in stock in Boston?')).toBeUndefined()
})

test('D1: the router finds an intent of another desk by the words that describe it', () => {
  const schema = {
    type: 'object',
    properties: { intent: { enum: ['order', 'gardening', 'none'] }, confidence: { type: 'number' } },
  }
  const ask = (content: string) =>
    route(
      {
        messages: [
          { role: 'system', text: 'Intents:\n- order: orders\n- gardening: plants, soil and watering', calls: [] },
          { role: 'user', text: content, calls: [] },
        ],
        tools: [],
      } as never,
      schema,
    )
  expect(ask('How often do my plants need watering?')).toEqual({ intent: 'gardening', confidence: 0.85 })
  expect(ask('Where is my order?')).toMatchObject({ intent: 'order' })
})
