// Whoever wants a person gets one: no model is asked, nothing is argued.
import type { RoutingRule } from '../../../domain/routing.ts'
import { knowledgePrefetch } from './content-words.ts'
import { foldText, shortText } from './fold-text.ts'
import { ENGLISH, ENGLISH_ALONE, OTHER_LANGUAGES, TAKEN_BACK } from './person-words.ts'

/** Asks which number, hours or way, not for a person now. */
const ASKS_FOR_CONTACT_DETAILS =
  /\b(?:phone number|telephone number|number|hours?|what time|when|until what|from what|which days|e-?mail|postal address|free of charge|how (?:much|long))\b/
const HOW_TO_REACH =
  /\bhow (?:do|can|could|should|would|might) (?:i|we|one|you) (?:contact|reach|call|get|phone|communicate)\b/
const SPEAKS = /\b(?:talk|speak|chat|connect|transfer|human|person|agent|operator|representative)/
/** "Am I talking to a person?" asks what we are. */
const ASKS_WHAT_WE_ARE =
  /\b(?:am i|is this|are you|was that|if i am|if i'm|did i|were you)\b[^.!?\n]{0,40}\b(?:human|person|bot|robot|agent|people)\b/

/** A wish for a person in some twenty languages; a question for opening hours or a number goes to the escalation specialist instead. */
export const personWish: RoutingRule = {
  name: 'person-wish',
  decide(text) {
    const read = foldText(text)
    const alone = shortText(text)
    const wished =
      (alone !== null && ENGLISH_ALONE.test(alone)) ||
      OTHER_LANGUAGES.some((pattern) => pattern.test(read)) ||
      (!ASKS_WHAT_WE_ARE.test(read) && ENGLISH.some((pattern) => wishes(pattern, read)))
    if (!wished) return null
    if (asksForDetails(read)) {
      return { intent: 'escalation', confidence: 0.9, prefetch: knowledgePrefetch('contact customer service hours') }
    }
    return { intent: 'escalation', confidence: 1, escalate: 'person_requested' }
  },
}

function asksForDetails(read: string): boolean {
  return (ASKS_FOR_CONTACT_DETAILS.test(read) || HOW_TO_REACH.test(read)) && !SPEAKS.test(read)
}

/** A sign counts unless the words right before it take it back. */
function wishes(pattern: RegExp, read: string): boolean {
  for (const match of read.matchAll(new RegExp(pattern.source, 'g'))) {
    if (!TAKEN_BACK.test(read.slice(Math.max(0, match.index - 60), match.index))) return true
  }
  return false
}
