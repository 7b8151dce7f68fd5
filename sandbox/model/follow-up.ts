// What a message means that says little by itself: "that did not help", "the second one", "and what is in it?".
// It goes on with what the turns before were about; a write is never begun here.
import { findAddress } from './change-details.ts'
import { orderNumbers, toldOrders } from './order-number.ts'
import { smallTalk } from './small-talk.ts'
import type { Turn } from './transcript.ts'
import type { Wish } from './wishes.ts'
import { asksForRule, contentWords, searchQuery } from './words.ts'

/** The turns before (at least one), what they were about, and the single order they named. */
export interface Before {
  earlier: Turn[]
  topic: Wish[]
  talkedAbout?: string
}

const didNotHelp =
  /\b(did ?n[o']t|does ?n[o']t|not|no|never|nothing|still)\b.*\b(help\w*|work\w*|luck|change[ds]?|better|same|happens?|nothing|broken)\b|\b(tried|did|done) (that|this|it|all|both|everything)\b|\bstill (not|no|nothing|the same|does|is|won)\b|\bsame (problem|thing|issue)\b|\bnothing (happens|helps|changed|else)\b|\bwhat else\b|\banything else (i|to) (can )?try\b/i
const pointsBack = /\b(it|its|they|them|that|this|those|one)\b|^\W*(and|but|ok|so|what about|how about)\b/i
const asks = /\?\W*$|^\W*(and|what|when|where|why|how|who|which|is|are|does|do|can|will)\b/i
const hasTrouble = /\b(not|never|no|n't|cannot|nothing|wrong|error|problem|trouble|fail\w*|expired|missing)\b|n't\b/i
const aboutOrder =
  /\b(arriv\w*|come|coming|late|track\w*|where|when|status|what'?s? (is )?in it|total|cost|paid|items?|contain\w*|carrier|address|that order|it|that one|this one)\b/i
const subjects: Partial<Record<Wish['kind'], string>> = {
  password: 'password reset mail',
  payment_method: 'payment method',
  billing: 'invoice payment',
  profile: 'account',
}

/** The wishes of a message with what the turns before add to them. */
export function followUp(text: string, own: Wish[], before: Before): Wish[] {
  const { earlier, talkedAbout } = before
  const list = earlier.findLast((turn) => toldOrders(turn.answer).length > 1)?.answer ?? ''
  const picked = pickedOrder(list, text)
  const meant = picked ?? (orderNumbers(text).length > 0 ? undefined : talkedAbout)
  if (own.length > 0) return own.map((wish) => goOn(wish, text, before, meant, picked))
  if (smallTalk(text) !== undefined) return own
  const topic = before.topic.at(-1)
  if (picked !== undefined) return [{ kind: 'order_status', text, orders: [picked] }]
  const state = /^\W*(and |so |but )?(is|was|has|did|are) (it|that|this|the order|my order)\b/i.test(text)
  if (state && meant !== undefined) return [{ kind: 'order_status', text, orders: [meant] }]
  if (asksForRule(text)) return [{ kind: 'knowledge', text, orders: [] }]
  if (list !== '' && /\b(ones?|others?|rest|them)\b/i.test(text) && asks.test(text))
    return [{ kind: 'list_orders', text, orders: [] }]
  if (topic?.kind === 'knowledge') {
    if (didNotHelp.test(text))
      return [{ ...topic, text: `${topic.text}. ${text}`, search: topic.search ?? topic.text, again: true }]
    const goesOn = pointsBack.test(text) || searchQuery(text).split(' ').length < 2
    return goesOn ? [combined(topic, text)] : asks.test(text) ? [{ kind: 'knowledge', text, orders: [] }] : own
  }
  if (meant !== undefined && aboutOrder.test(text)) return [{ kind: 'order_status', text, orders: [meant] }]
  if (topic?.kind === 'billing' && /\b(due|overdue|pay|paid|open|amount|much|which|when)\b/i.test(text))
    return [{ kind: 'billing', text, orders: [] }]
  const subject = topic === undefined ? undefined : subjects[topic.kind]
  if (subject !== undefined && (asks.test(text) || hasTrouble.test(text))) {
    return [{ kind: 'knowledge', text: `${subject}. ${text}`, orders: [], search: `${subject} ${text}` }]
  }
  return own
}

/** The order of the answer's list that the customer points at: by its place, or by a word that only its line has. */
function pickedOrder(answer: string, text: string): string | undefined {
  const lines = answer.split('\n').filter((line) => toldOrders(line).length > 0)
  const numbers = lines.length > 1 ? lines.flatMap((line) => toldOrders(line).slice(0, 1)) : toldOrders(answer)
  if (numbers.length < 2 || orderNumbers(text).length > 0) return undefined
  const place = placeIn(text)
  if (place !== undefined) return numbers.at(place)
  const words = contentWords(text).filter((word) => word.length > 3)
  const fitting = lines.filter((line) => words.some((word) => line.toLowerCase().includes(word.replace(/s$/, ''))))
  return fitting.length === 1 && pointsBack.test(text) ? toldOrders(fitting[0] ?? '')[0] : undefined
}

/** Index in a list: 0 for "the first one", -1 for "the last one". */
export function placeIn(text: string): number | undefined {
  const word = /\b(first|second|third|fourth|fifth|last|1st|2nd|3rd|top|newest|latest)( (one|order|item))?\b/i.exec(
    text,
  )?.[1]
  if (word === undefined) return undefined
  const places: Record<string, number> = { second: 1, '2nd': 1, third: 2, '3rd': 2, fourth: 3, fifth: 4, last: -1 }
  return places[word.toLowerCase()] ?? 0
}

function goOn(
  wish: Wish,
  text: string,
  { topic, earlier: turns }: Before,
  meant: string | undefined,
  picked: string | undefined,
): Wish {
  if (wish.orders.length > 0) return wish
  if (wish.kind === 'order_status' && meant !== undefined) return { ...wish, orders: [meant] }
  const earlier = topic.at(-1)
  if (wish.kind === 'modify') {
    const last = turns.at(-1)
    const named = orderNumbers(last?.customer.join(' ') ?? '')
    const [only] = named.length === 1 ? named : toldOrders(last?.answer ?? '')
    if (only === undefined || meant !== only) return picked === undefined ? wish : { ...wish, meant: picked }
    // "Make it 4" right after a change is about the same item.
    const same = earlier?.kind === 'modify' && earlier.orders.includes(only) && findAddress(text) === undefined
    return { ...wish, text: same ? `${earlier.text}. ${text}` : wish.text, orders: [only] }
  }
  if (wish.kind === 'cancel' && picked !== undefined) return { ...wish, meant: picked }
  const short = text.split(/\s+/).length <= 7
  const subject = earlier === undefined ? undefined : subjects[earlier.kind]
  if (
    wish.kind === 'knowledge' &&
    subject !== undefined &&
    short &&
    /\b(it|this|that|the (link|mail|e-?mail|page))\b/i.test(text)
  )
    return { ...wish, search: `${subject} ${text}` }
  return wish.kind === 'knowledge' &&
    earlier?.kind === 'knowledge' &&
    short &&
    pointsBack.test(text) &&
    !asksForRule(text)
    ? combined(earlier, text)
    : wish
}

/** A question that goes on with an earlier one is searched with the words of both. */
function combined(topic: Wish, text: string): Wish {
  const { again: _again, ...rest } = topic
  return { ...rest, text: `${topic.text}. ${text}`, search: `${text} ${topic.search ?? topic.text}` }
}
