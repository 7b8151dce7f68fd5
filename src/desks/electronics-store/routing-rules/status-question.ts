// A question about where an order is, and nothing else: its status answers it. One word of another wish, and it is not.
import { shortText } from './fold-text.ts'

const LONGEST = 80
const ASKS = /^(?:where|where's|when|what|what's|status|track|has|is|did)$/
const BEFORE = /^(?:hi|hello|hey|please|so|and|ok|okay|thanks|can|could|you|tell|me|check|look|up)$/
/** What such a question is made of besides, and a number. */
const ALSO =
  /^(?:are|was|will|does|do|have|the|of|state|my|our|orders?|parcels?|packages?|shipments?|delivery|number|nr|no|arriv(?:e|ed|ing)|come|coming|delivered|ship|shipped|shipping|here|now|right|today|currently|been|get|be|it|at|\d+)$/

/** True when the status of the orders it names is all the text asks for. */
export function isStatusQuestion(text: string): boolean {
  const words = shortText(text, LONGEST)?.split(' ') ?? []
  const first = words.find((word) => !BEFORE.test(word)) ?? ''
  return ASKS.test(first) && words.every((word) => ASKS.test(word) || BEFORE.test(word) || ALSO.test(word))
}
