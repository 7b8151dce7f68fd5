import type { Prefetch } from '../../../domain/routing.ts'
import { isStatusQuestion } from './status-question.ts'

const NAMED =
  /\b(?:orders?|purchases?|parcels?|packages?|shipments?|bestellung|pedido|commande)\b[^\d\n]{0,15}(\d{4,20})(?!\d)/gi
const HASHED = /#\s?(\d{4,20})(?!\d)/g
/** Five digits or more, and neither an amount nor part of a longer code. */
const BARE = /(?<![\d.,$€£\w-])(\d{5,20})(?![\d\w]|[.,-]\d|\s?(?:dollars|usd|eur|euros?|bucks|%))/gi
const MOST_PREFETCHED = 2

/** Order numbers in a text, in order of their kind, each once. */
export function orderNumbersIn(text: string): string[] {
  const found = [NAMED, HASHED, BARE].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
  return [...new Set(found)]
}

/** The reads worth making before the model is asked about these orders; none when the text names too many. */
export function orderPrefetch(text: string): Prefetch[] {
  const numbers = orderNumbersIn(text)
  if (numbers.length > MOST_PREFETCHED) return []
  const answers = isStatusQuestion(text) ? { answers: true as const } : {}
  return numbers.map((order) => ({ tool: 'get_order_status', input: { order }, ...answers }))
}
