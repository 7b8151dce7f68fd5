// Whose is what, and whether a text shows it to somebody else.
import type { Evidence, Story } from './evidence.ts'

export type Belongings = ReadonlyMap<string, string>

/** What the history says, and the orders that customers asked about as their own. */
export function belongings({ history, sent }: Evidence): Belongings {
  const owners = new Map<string, string>()
  for (const { customer, posts } of sent) {
    for (const { intent } of posts) {
      if (intent.wants === 'read') owners.set(intent.order, customer)
      if (intent.wants === 'write' && intent.operation.endsWith('_order')) owners.set(intent.key, customer)
    }
  }
  for (const [text, customer] of Object.entries(history.belongings ?? {})) owners.set(text, customer)
  return owners
}

/** An order stands alone as digits elsewhere too (a postal code, a price), so it must be spoken of as an order, or in a list of them. */
const ORDERS_SPOKEN_OF = /(?:\border\s+(?:number\s+|no\.?\s+)?#?|^\s*[-*]\s*#?|#)(\d{4,20})\b/gim

/** Texts in it that belong to another customer, unless the customer wrote them into this conversation first and learned nothing more. */
export function othersIn(text: string, story: Story, customer: string, owners: Belongings): string[] {
  const named = [...text.matchAll(ORDERS_SPOKEN_OF)].flatMap((match) => match[1] ?? [])
  const marks = [...owners.keys()].filter((mark) => !/^\d+$/.test(mark) && text.includes(mark))
  const own = story.messages.filter((message) => message.role === 'customer').map((message) => message.text)
  return [...new Set([...named, ...marks])].filter((mark) => {
    const owner = owners.get(mark)
    if (owner === undefined || owner === customer) return false
    return !own.some((written) => written.includes(mark)) || tellsOf(mark, text)
  })
}

/** Says how the order stands, and not only that there is none. */
const tellsOf = (order: string, text: string): boolean =>
  new RegExp(
    `\\border #?${order} (?:has shipped|has been shipped|was delivered|is being processed|is on its way|is cancelled|is changed|contains)`,
    'i',
  ).test(text)
