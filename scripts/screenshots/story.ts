// What the pictures show: Ben Ortiz asks a refund that needs two people, while others wait for a person.
import { type ApiClient, createApiClient } from '../../stack/api-client.ts'
import type { Addresses } from '../../src/startup/addresses.ts'

/** What the pictures point at. */
export interface Story {
  /** Ben's conversation. */
  refund: string
}

/** Those who wait, in this order. */
const WAITING: [sub: string, ...texts: string[]][] = [
  ['cust_1004', 'Where are my late orders?', 'This is ridiculous, third time I ask. Get me a manager!'],
  ['cust_1003', 'I am locked out of my account, can I talk to a person?'],
  ['cust_1007', 'The charger gets hot and I smell smoke'],
  ['cust_1011', 'Can someone from your team call me about my invoice?'],
  ['cust_1015', 'I want to speak to a human, the speaker does the same thing again'],
]
/** Those whom the AI answers. */
const ANSWERED: [sub: string, text: string][] = [
  ['cust_1001', 'Where is my order 12345?'],
  ['cust_1021', 'What are your opening hours?'],
  ['cust_1022', 'How long is the warranty on headphones?'],
]

/** Tells it over HTTP, as customers and agents would, and resolves when it stands still. */
export async function tellStory({ api, issuer }: Addresses): Promise<Story> {
  const as = (role: 'customer' | 'agent' | 'supervisor', sub: string): Promise<ApiClient> =>
    createApiClient({ url: api, issuer, role, sub })
  for (const [sub, text] of ANSWERED) await say(await as('customer', sub), text)
  const ben = await as('customer', 'cust_1002')
  const { conversation } = await say(ben, 'The TV from order 22345 has a dead pixel line on the left side.')
  await settle(ben, conversation, await ben.send(conversation, 'I want a refund for order 22345 please.'))
  for (const [sub, first, ...more] of WAITING) {
    const customer = await as('customer', sub)
    const begun = await say(customer, first ?? '')
    for (const text of more) await settle(customer, begun.conversation, await customer.send(begun.conversation, text))
  }
  return { refund: conversation }
}

async function say(customer: ApiClient, text: string): Promise<{ conversation: string }> {
  const { conversation, message } = await customer.start(text)
  await settle(customer, conversation, message)
  return { conversation }
}

const settle = (customer: ApiClient, conversation: string, message: string) => customer.settled(conversation, message)
