// What the customer wants now, with what earlier turns add to it: a "yes", a number or an address answers the question before.
import { followUp, placeIn } from './follow-up.ts'
import { namedOrders, toldOrders } from './order-number.ts'
import type { Turn } from './transcript.ts'
import { findWishes } from './wishes.ts'
import type { Wish } from './wishes.ts'
import { classify } from './intents.ts'
import { contentWords } from './words.ts'

/** The understanding of one turn. `talkedAbout` is the single order the conversation was about before this turn. */
export interface Understanding {
  text: string
  wishes: Wish[]
  talkedAbout?: string
}

const yes =
  /^\W*(yes|yeah|yep|yup|sure|ok(ay)?|please( do)?|do it|go ahead|correct|right|exactly|confirm(ed)?|that('?s| is) (right|correct|it)|absolutely|of course)\b/i
const no =
  /^\W*((no|nope|nah)(?=\W*$|[,.;!]|\s+(thanks?|thank|need|i|it|that|not|please|do|don|leave|never)\b)|never ?mind|forget it|stop|don'?t|do not)\b/i
const filler = new Set('order number one yes yeah ok okay sure nr no thanks ahead go right correct'.split(' '))

/** Understands the last of these turns; each turn is read with what the ones before it meant. */
export function understand(turns: Turn[]): Understanding {
  let previous: Wish[] = []
  let topic: Wish[] = []
  let understood: Understanding = { text: '', wishes: [] }
  for (const index of turns.keys()) {
    understood = understandTurn(turns.slice(0, index + 1), previous, topic)
    previous = understood.wishes
    if (previous.length > 0) topic = previous
  }
  return understood
}

/** `previous` = the wishes of the turn before, none for small talk; `topic` = the last wishes there were. */
function understandTurn(turns: Turn[], previous: Wish[], topic: Wish[]): Understanding {
  const text = turns.at(-1)?.customer.join('\n') ?? ''
  const earlier = turns.slice(0, -1)
  const last = earlier.at(-1)
  const found = singleOrder(earlier)
  const talkedAbout = found === undefined ? {} : { talkedAbout: found }
  const own = ownWishes(text)
  if (!last || no.test(text)) return { text, wishes: own, ...talkedAbout }
  const asked = openQuestion(last.answer)
  const wishes = asked === undefined ? own : answered(asked, text, own, { last, previous })
  return { text, wishes: followUp(text, wishes, { earlier, topic, ...talkedAbout }), ...talkedAbout }
}

function ownWishes(text: string): Wish[] {
  const wishes = findWishes(text)
  const { family, confidence } = classify(text)
  if (wishes.length > 0 || confidence < 0.7) return wishes
  if (family === 'escalation') return [{ kind: 'person', text, orders: [] }]
  return family === 'tech_support' ? [{ kind: 'knowledge', text, orders: [] }] : []
}

/** Puts the customer's words together with what was asked for before. */
function answered(question: string, text: string, own: Wish[], before: { last: Turn; previous: Wish[] }): Wish[] {
  const agreed = yes.test(text)
  const questionOrders = toldOrders(question)
  const numbers = namedOrders(text)
  if (/\b(person|colleague|human)\b/i.test(question) && agreed && own.length === 0) {
    return [{ kind: 'person', text: `${before.last.customer.join(' ')} ${text}`.trim(), orders: [] }]
  }
  if (/\breset your password\b[^.?]*\?\W*$/i.test(question) && agreed && own.length === 0) {
    return [{ kind: 'password', text, orders: [] }]
  }
  const [change] = own
  const [asked] = before.previous
  // "Make it 4" after "How many?" belongs to the same change, and its newest words count.
  if (own.length === 1 && change?.kind === 'modify' && asked?.kind === 'modify' && change.orders.length === 0) {
    const orders = asked.orders.length > 0 ? asked.orders : questionOrders.length === 1 ? questionOrders : []
    return [{ ...change, text: `${asked.text}. ${text}`, orders }]
  }
  const short = text.split(/\s+/).length <= 30
  // Another order, or a question back, starts something new: it must never fill in a write.
  const another = questionOrders.length === 1 && numbers.some((number) => !questionOrders.includes(number))
  if (!short || another || (own.length > 0 && /\?\W*$/.test(text)) || (own.length > 0 && !onlyFillsIn(text))) {
    const single = agreed && questionOrders.length === 1 ? questionOrders : []
    return own.map((wish) => (wish.orders.length === 0 && changes(wish) ? { ...wish, orders: single } : wish))
  }
  return before.previous.map((wish) => {
    if (!changes(wish) && wish.kind !== 'order_status') return { ...wish, text: `${wish.text}. ${text}` }
    const orders = numbers.length > 0 ? numbers : wish.orders.length > 0 ? wish.orders : picked(question, text, agreed)
    return { ...wish, text: `${wish.text}. ${text}`, orders }
  })
}

/** The order meant without a number: the only one of the question when the customer agrees, or the one whose words the customer uses. */
function picked(question: string, text: string, agreed: boolean): string[] {
  const numbers = toldOrders(question)
  if (numbers.length === 1 && agreed) return numbers
  const place = placeIn(text)
  const ordinal = place === undefined ? undefined : numbers.at(place)
  if (ordinal !== undefined) return [ordinal]
  const words = contentWords(text).filter((word) => !filler.has(word))
  const fitting = numbers.filter((number) => {
    const about = new RegExp(`${number}([^0-9]*)`).exec(question)?.[1]?.toLowerCase() ?? ''
    return words.some((word) => word.length > 2 && about.includes(word))
  })
  return fitting.length === 1 ? fitting : []
}

/** True when the text says nothing but a number, a yes, or an address. */
function onlyFillsIn(text: string): boolean {
  const words = contentWords(text).filter((word) => !filler.has(word) && !/^\d+$/.test(word))
  return words.length === 0 || /^\W*\d{1,4}\s+\p{L}/u.test(text)
}

function changes(wish: Wish): boolean {
  return wish.kind === 'cancel' || wish.kind === 'modify' || wish.kind === 'refund'
}

/** The question at the end of an answer with the lines it refers to; offers of more help do not count. */
function openQuestion(answer: string): string | undefined {
  const text = answer.trim()
  if (!/\?\W*$/.test(text) && !/\bplease (give|tell|name|send)\b[^.]*\.\W*$/i.test(text)) return undefined
  return /\b(anything else|what can i do for you)\b/i.test(text.slice(-80)) ? undefined : text
}

function singleOrder(turns: Turn[]): string | undefined {
  for (const turn of turns.toReversed()) {
    const named = namedOrders(turn.customer.join(' '))
    const numbers = named.length > 0 ? named : toldOrders(turn.answer)
    if (numbers.length === 1) return numbers[0]
    if (numbers.length > 1) return undefined
  }
  return undefined
}
