// Plays the router: recognised by a schema with `intent` and `confidence`.
import { fillSchema } from './fill-schema.ts'
import { classify, scoreFamilies } from './intents.ts'
import type { Family } from './intents.ts'
import { namedOrders } from './order-number.ts'
import { inCommon } from './other-tools.ts'
import type { ChatMessage, ChatRequest, JsonSchema } from './request.ts'
import { lastCustomerText, turnsOf } from './transcript.ts'
import { contentStems } from './words.ts'

const SURE = 0.7
/** A follow-up that says little by itself is as sure as this about what the conversation was about. */
const SURE_FROM_BEFORE = 0.75
/** The words of an intent's own description stand in the question. */
const SURE_FROM_WORDS = 0.85
const FAMILIES = ['order', 'account', 'tech_support', 'escalation', 'none']

/** True when this schema asks for a routing decision. */
export function asksForRoute(schema: JsonSchema): boolean {
  return schema.properties?.['intent'] !== undefined && schema.properties['confidence'] !== undefined
}

/** The routing decision as an object that fits the schema. */
export function route(chat: ChatRequest, schema: JsonSchema): unknown {
  const offered = (schema.properties?.['intent']?.enum ?? []).map(String)
  const { text, family, confidence } = judge(chat.messages)
  const own = describedIntent(chat.messages, offered, text)
  if (own !== undefined) return fillSchema(schema, (name) => ({ intent: own, confidence: SURE_FROM_WORDS })[name])
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

/** An intent beyond the usual families, when the question has words of the line that describes it in the instructions. */
function describedIntent(messages: ChatMessage[], offered: string[], text: string): string | undefined {
  const instructions = messages.filter(({ role }) => role === 'system').map((message) => message.text)
  const lines = instructions.join('\n').split('\n')
  const wanted = contentStems(text)
  const [best] = offered
    .filter((intent) => FAMILIES.every((family) => fit(family as Family, [intent]) === undefined))
    .map((intent) => {
      const line = lines.find((each) => each.includes(`${intent}:`)) ?? ''
      return { intent, common: inCommon(wanted, `${intent.replaceAll('_', ' ')} ${line}`) }
    })
    .filter(({ common }) => common >= 2)
    .sort((a, b) => b.common - a.common)
  return best?.intent
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
