// The scripted model: deterministic policies that play one part each. It knows nothing that is not in the request.
import { converse } from './converse.ts'
import { fillSchema } from './fill-schema.ts'
import type { ModelReply } from './model-reply.ts'
import type { ChatRequest } from './request.ts'
import { asksForRoute, route } from './router.ts'
import { asksForSummary, summaryObject, summaryText } from './summary.ts'

/** The answer to a request; the same request always gets the same answer. */
export function reply(chat: ChatRequest): ModelReply {
  const { schema } = chat
  if (schema && asksForRoute(schema)) return say(JSON.stringify(route(chat, schema)))
  if (schema && asksForSummary(chat)) return say(JSON.stringify(summaryObject(chat, schema)))
  if (asksForSummary(chat)) {
    const text = summaryText(chat)
    return say(chat.jsonMode ? JSON.stringify({ summary: text }) : text)
  }
  const answer = converse(chat)
  if (answer.calls.length > 0) return answer
  if (schema) {
    const known = (name: string): unknown => (/answer|text|reply|message|response/.test(name) ? answer.text : undefined)
    return say(JSON.stringify(fillSchema(schema, known)))
  }
  return chat.jsonMode ? say(JSON.stringify({ answer: answer.text })) : answer
}

function say(text: string): ModelReply {
  return { text, calls: [] }
}
