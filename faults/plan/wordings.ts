// Texts of the virtual customers with what each wants. Plain sentences, each with one meaning also inside a burst, so that what
// the scripted model does with them is no surprise.
import type { Random } from '../../sandbox/seed/random.ts'
import type { Intent } from '../history.ts'
import type { CustomerOrders } from './customers.ts'

/** A text and what it wants. */
export interface Wording {
  text: string
  intent: Intent
}

/** Who writes; `at` is the message's place in the conversation. */
export interface Writing {
  random: Random
  customer: CustomerOrders
  at: number
}

export function talkText({ random }: Writing): Wording {
  const text = random.pick([
    'What are your opening hours?',
    'How long is the warranty on headphones?',
    'My speaker does not connect to bluetooth.',
    'Do you ship to Canada?',
    'Which payment methods do you accept?',
    'Show me my invoices.',
    'Which invoices are still open?',
    'Please send me my latest bill.',
    'How do I do a factory reset of my router?',
    'Hello there',
    'Thank you very much',
  ])
  return { text, intent: { wants: 'talk' } }
}

export function readText({ random, customer }: Writing): Wording {
  const order = random.pick(customer.orders)
  const text = random.pick([
    `Where is my order ${order}?`,
    `What is the status of order ${order}?`,
    `When will order ${order} arrive?`,
  ])
  return { text, intent: { wants: 'read', order } }
}

/** On an order that can be changed when there is one; else a mail or a link, which anybody may ask for any number of times. */
export function writeText({ random, customer, at }: Writing): Wording {
  const chance = random.fraction()
  const order = customer.processing[0]
  if (order !== undefined && chance < 0.7) {
    // Once cancelled it cannot be changed any more, so cancelling comes late.
    if (at >= 3 && chance < 0.2) {
      return {
        text: `Please cancel order ${order}.`,
        intent: { wants: 'write', operation: 'cancel_order', key: order },
      }
    }
    const address = `${random.between(100, 999)} Oak Street, Boston 02110`
    const text = `Please change the delivery address of order ${order} to ${address}.`
    return { text, intent: { wants: 'write', operation: 'modify_order', key: order } }
  }
  if (random.fraction() < 0.6) {
    const text = random.pick(['Please reset my password.', 'I forgot my password, please send me a reset link.'])
    return { text, intent: { wants: 'write', operation: 'reset_password', key: customer.id } }
  }
  const text = 'I want to change my payment method to another card.'
  return { text, intent: { wants: 'write', operation: 'create_payment_method_link', key: customer.id } }
}

/** Somebody else's order, which nobody may be told of, or a cancellation of it or of one that has shipped. */
export function forbiddenText({ random, customer }: Writing): Wording {
  if (random.fraction() < 0.3) {
    const key = random.pick(customer.foreign)
    return { text: `Where is my order ${key}?`, intent: { wants: 'forbidden', operation: 'get_order', key } }
  }
  const key = random.pick(
    customer.shipped.length > 0 && random.fraction() < 0.5
      ? customer.shipped
      : customer.delivered.length > 0 && random.fraction() < 0.3
        ? customer.delivered
        : customer.foreign,
  )
  return { text: `Please cancel order ${key}.`, intent: { wants: 'forbidden', operation: 'cancel_order', key } }
}

export function personText({ random }: Writing): Wording {
  const text = random.pick(['I want to talk to a person.', 'Please connect me to a human agent.'])
  return { text, intent: { wants: 'person' } }
}

/** Empty, too long, or no text that any store keeps. */
export function refusedText({ random }: Writing): Wording {
  const text = random.pick(['', 'a very long story '.repeat(300), 'a NUL \0 in it', 'half a pair \ud800 of it'])
  return { text, intent: { wants: 'refusal', status: 422 } }
}
