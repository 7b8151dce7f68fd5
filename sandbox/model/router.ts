// Plays the router: recognised by a schema with `intent` and `confidence`.
import { fillSchema } from './fill-schema.ts'
import { classify } from './intents.ts'
import type { Family } from './intents.ts'
import { namedOrders } from './order-number.ts'
import type { ChatRequest, JsonSchema } from './request.ts'
import { lastCustomerText } from './transcript.ts'

/** True when this schema asks for a routing decision. */
export function asksForRoute(schema: JsonSchema): boolean {
  return schema.properties?.['intent'] !== undefined && schema.properties['confidence'] !== undefined
}

/** The routing decision as an object that fits the schema. */
export function route(chat: ChatRequest, schema: JsonSchema): unknown {
  const text = lastCustomerText(chat.messages)
  const { family, confidence } = classify(text)
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

/** The offered value of this family: the same word, or one that shares its beginning; for `none` also `other`. */
function fit(family: Family, offered: string[]): string | undefined {
  const short = family.slice(0, 4)
  return (
    offered.find((value) => value === family) ??
    offered.find((value) => value.toLowerCase().startsWith(short)) ??
    (family === 'none' ? offered.find((value) => /other|small|chat|unknown|general/.test(value)) : undefined)
  )
}
