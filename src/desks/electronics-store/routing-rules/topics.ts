// The common questions: which specialist, and which reads are worth making before the first model call.
// Words of two specialists in one text mean the rules do not know: they say nothing and the model decides.
import type { Prefetch, RoutingRule } from '../../../domain/routing.ts'
import { knowledgePrefetch } from './content-words.ts'
import { foldText } from './fold-text.ts'
import { orderPrefetch } from './order-numbers.ts'
import { ELSEWHERE, TOPIC_WORDS } from './topic-words.ts'

/** Longer texts tell a story; words in them say little about what is wanted. */
const LONGEST_JUDGED = 400

/** Questions that an article answers, not a record. */
const ASKS_FOR_RULES =
  /\b(?:polic(?:y|ies)|options?|modalit\w+|how long|how soon|how much|fees?|charges?|penalt(?:y|ies)|costs?|methods?|ways?|which countries|abroad|international\w*|do you (?:ship|deliver|accept|take|offer|have)|can i (?:return|pay|get)|how (?:do|can|does|to|should) )/
/** Account matters that a tool of ours reads or does; no article is needed first. */
const OWN_RECORD =
  /\b(?:pass ?words?|pass ?codes?|pin|lock\w*|block\w*|frozen|invoices?|bills?|billing|billed|receipts?|log ?in)\b/

/** One specialist's words and nobody else's. */
export const topics: RoutingRule = {
  name: 'topics',
  decide(text) {
    if (text.length > LONGEST_JUDGED) return null
    const read = foldText(text)
    if (ELSEWHERE.test(read)) return null
    const found = Object.entries(TOPIC_WORDS).filter(([, patterns]) => patterns.some((pattern) => pattern.test(read)))
    const topic = found.length === 1 ? found[0]?.[0] : undefined
    if (topic === undefined) return null
    const prefetch = prefetchFor(topic, text, read)
    return { intent: topic, confidence: 0.9, ...(prefetch.length > 0 ? { prefetch } : {}) }
  },
}

function prefetchFor(topic: string, text: string, read: string): Prefetch[] {
  if (topic === 'tech_support') return knowledgePrefetch(text)
  const named = topic === 'order' ? orderPrefetch(text) : []
  if (named.length > 0 || topic === 'escalation' || !ASKS_FOR_RULES.test(read)) return named
  return topic === 'account' && OWN_RECORD.test(read) ? [] : knowledgePrefetch(text)
}
