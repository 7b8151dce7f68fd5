// A bare answer ("yes", "12346", "the second one") means nothing by itself: it goes on with what the conversation is about.
import type { RoutingRule } from '../../../domain/routing.ts'
import { shortText } from './fold-text.ts'
import { orderPrefetch } from './order-numbers.ts'

const ANSWER =
  /^(?:(?:oh|ok|okay|well|please|and|um|er|so|then|just) )*(?:yes|yeah|yep|yup|sure|correct|right|exactly|of course|absolutely|definitely|no|nope|nah|not really|neither|both|all of them|either|none|ok|okay|fine|go ahead|do it|do that|please do|please|sounds good|that's right|that is right|i agree|ja|nein|oui|non|si|sim|nao|tak|nie|evet|hayir|genau|bitte|maybe|not yet|i don't know|no idea)(?: (?:please|thanks|thank you|do|it|that|one|is|correct|right|go|ahead|of|them|course|sure|fine|you|can|i|am|want|the|bitte))*$/
const CHOICE =
  /^(?:(?:i mean|it's|it is|that's|that is|yes|no|the|my|this|that|order|number|nr|for|please|i want|i meant|make it|cancel|only) )*(?:(?:first|second|third|last|latest|newest|oldest|other|former|latter|top|bottom|next|previous)(?: (?:one|order|item|option|two))*|(?:1st|2nd|3rd)(?: one)?|option \w+|this one|that one|#? ?\d{1,20}(?: (?:and|or) \d{1,20})?)(?: (?:please|thanks))*$/

/** Goes on with the conversation's last intent; without one it says nothing. */
export const continuation: RoutingRule = {
  name: 'continuation',
  decide(text, { lastIntent }) {
    if (lastIntent === null || lastIntent === 'none') return null
    const read = shortText(text, 80)
    if (read === null || !(ANSWER.test(read) || CHOICE.test(read))) return null
    // "Cancel order 12346" says by itself what it is about, whatever was talked about before.
    if (lastIntent !== 'order' && /\b(?:order|cancel)\b/.test(read)) return null
    const prefetch = lastIntent === 'order' ? orderPrefetch(text) : []
    return { intent: lastIntent, confidence: 0.9, ...(prefetch.length > 0 ? { prefetch } : {}) }
  },
}
