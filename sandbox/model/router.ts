// Plays the router: recognised by a schema with `intent` and `confidence`.
import { fillSchema } from './fill-schema.ts'
import { classify, scoreFamilies } from './intents.ts'
import type { Family } from './intents.ts'
import { namedOrders } from './order-number.ts'
import type { ChatMessage, ChatRequest, JsonSchema } from './request.ts'
import { lastCustomerText, turnsOf } from './transcript.ts'

const SURE = 0.7
/** A follow-up that says little by itself is as sure as this about what the conversation was about. */
const SURE_FROM_BEFORE = 0.75

/** True when this schema asks for a routing decision. */
export function asksForRoute(schema: JsonSchema): boolean {
  return schema.properties?.['intent'] !== undefined && schema.properties['confidence'] !== undefined
}

/** The routing decision as an object that fits the schema. */
export function route(chat: ChatRequest, schema: JsonSchema): unknown {
  const { text, family, confidence } = judge(chat.messages)
  const offered = (schema.properties?.['intent']?.enum ?? []).map(String)
  const intent = fit(family, offered)
  return fillSchema(schema, (name, inner) => {
    if (name === 'intent') return intent ?? offered[0] ?? family
    if (name === 'confidence') return intent === undefined ? 0.3 : confidence
    if (/specialist|agent/.test(name) && inner.enum) return fit(family, inner.enum.map(String))
    if (/reason|why|explanation/.test(name)) return `the words point to ${family}`
    if (/sentiment|mood/.test(name) && inner.enum) return inner.enum.find((value) => value === 'neutral')
    if (/order_?numbers?$/i.test(name) && inner.type === 'array') return namedOrders(text)
    return undefined
  })
}

/** The last messages of the customer decide; when they are unclear, the latest clear words before them do. */
function judge(messages: ChatMessage[]): { text: string; family: Family; confidence: number } {
  const turns = turnsOf(messages)
  const burst = turns.at(-1)?.customer ?? []
  const text = burst.length > 1 ? burst.join('\n') : lastCustomerText(messages)
  const alone = classify(text)
  if (alone.confidence >= SURE) return { text, ...alone }
  for (const turn of turns.slice(0, -1).toReversed()) {
    // An answer that offers everything ("an order, your account or a device?") says nothing about the question.
    const answers = scoreFamilies(turn.answer).size > 2 ? [] : [turn.answer]
    for (const said of [turn.customer.join('\n'), ...answers]) {
      const { family, confidence } = classify(said)
      if (family !== 'none' && confidence >= SURE) return { text, family, confidence: SURE_FROM_BEFORE }
    }
  }
  return { text, ...alone }
}

/** The offered value of this family: the same word, or one that shares its beginning; for `none` also `other`. */
function fit(family: Family, offered: string[]): string | undefined {
  const short = family.slice(0, 4)
  return (
    offered.find((value) => value === family) ??
    offered.find((value) => value.toLowerCase().startsWith(short)) ??
    (family === 'none' ? offered.find((value) => /other|small|chat|unknown|general/.test(value)) : undefined)
  )
}
