// Plays the summarizer: keeps what was said in few sentences, and the hard facts apart.
import { fillSchema } from './fill-schema.ts'
import { orderNumbers } from './order-number.ts'
import type { ChatRequest, JsonSchema } from './request.ts'

/** True when this request wants a summary: by its schema, or, without tools and schema, by its instructions. */
export function asksForSummary(chat: ChatRequest): boolean {
  if (chat.schema) return chat.schema.properties?.['summary'] !== undefined
  if (chat.tools.length > 0) return false
  const instructions = chat.messages.filter((message) => message.role !== 'assistant').map((message) => message.text)
  return instructions.some((text) => /\b(summari[sz]e|write a summary|give a summary)\b/i.test(text.slice(0, 2_000)))
}

/** The summary as an object of this schema. */
export function summaryObject(chat: ChatRequest, schema: JsonSchema): unknown {
  return fillSchema(schema, (name, inner) => {
    if (name === 'summary') return summaryText(chat)
    if (inner.type !== 'array') return undefined
    if (/order/i.test(name)) return orderNumbers(customerLines(chat))
    if (/facts|entities/i.test(name)) return facts(chat, inner.items ?? {})
    return undefined
  })
}

/** A few sentences: the first and the last things the customer said, and how the conversation stands. */
export function summaryText(chat: ChatRequest): string {
  const lines = transcriptLines(chat)
  const customer = lines.filter((line) => line.who === 'customer').map((line) => clip(line.text))
  const desk = lines.filter((line) => line.who === 'desk').map((line) => clip(line.text))
  const asked = [...new Set([customer[0], ...customer.slice(1).slice(-3)])].filter((text) => text !== undefined)
  const parts = [
    asked.length > 0
      ? `The customer wrote: ${asked.map((text) => `"${text}"`).join('; ')}.`
      : 'The customer has not written yet.',
    desk.length > 0 ? `Last answer: "${desk.at(-1)}".` : 'There was no answer yet.',
  ]
  const numbers = orderNumbers(lines.map((line) => line.text).join('\n'))
  if (numbers.length > 0) parts.push(`Orders named: ${numbers.join(', ')}.`)
  return parts.join(' ')
}

function facts(chat: ChatRequest, item: JsonSchema): unknown[] {
  const text = customerLines(chat)
  const name = /\bmy name is (\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?)/u.exec(text)?.[1]
  const found: [kind: string, value: string][] = orderNumbers(text).map((number) => ['order_number', number])
  if (name) found.push(['name', name])
  return found.map(([kind, value]) => {
    if (!item.properties) return `${kind.replace('_', ' ')}: ${value}`
    return fillSchema(item, (property) => {
      if (/kind|type|name|key|label/.test(property)) return kind
      return /value|text|fact|content/.test(property) ? value : undefined
    })
  })
}

function customerLines(chat: ChatRequest): string {
  return transcriptLines(chat)
    .filter((line) => line.who === 'customer')
    .map((line) => line.text)
    .join('\n')
}

/** The conversation as lines, from real turns or from a transcript pasted into one message. */
function transcriptLines(chat: ChatRequest): { who: 'customer' | 'desk'; text: string }[] {
  const lines: { who: 'customer' | 'desk'; text: string }[] = []
  for (const message of chat.messages) {
    const pasted = [...message.text.matchAll(/^[\s*[<-]*(customer|user|ai|assistant|human|agent)\s*[\]>:]+\s*(.+)$/gim)]
    if (message.role === 'user' && pasted.length > 0) {
      for (const [, who = '', text = ''] of pasted)
        lines.push({ who: /customer|user/i.test(who) ? 'customer' : 'desk', text })
    } else if (message.role === 'user' || message.role === 'assistant') {
      if (message.text !== '' && !/\bsummari[sz]e\b/i.test(message.text)) {
        lines.push({ who: message.role === 'user' ? 'customer' : 'desk', text: message.text })
      }
    }
  }
  return lines
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= 140 ? line : `${line.slice(0, 137)}...`
}
