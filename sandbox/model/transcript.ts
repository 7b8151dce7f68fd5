// Cuts the messages into turns: what the customer wrote, what tools said, how the assistant answered.
import type { ChatMessage, ToolCall } from './request.ts'

/** A tool's answer with the call it belongs to. */
export interface ToolResult {
  call: ToolCall
  text: string
}

/** One turn; `answer` is empty for the turn that is to be answered now. */
export interface Turn {
  customer: string[]
  results: ToolResult[]
  answer: string
}

/** The turns in order; the last one is the one to answer. */
export function turnsOf(messages: ChatMessage[]): Turn[] {
  const turns: Turn[] = []
  let turn: Turn = { customer: [], results: [], answer: '' }
  const calls = new Map<string, ToolCall>()
  for (const message of messages) {
    if (message.role === 'user') {
      if (turn.answer !== '') {
        turns.push(turn)
        turn = { customer: [], results: [], answer: '' }
      }
      turn.customer.push(customerText(message.text))
    } else if (message.role === 'assistant') {
      for (const call of message.calls) calls.set(call.id, call)
      if (message.calls.length === 0) turn.answer = message.text
    } else if (message.role === 'tool') {
      const call = calls.get(message.callId) ?? { id: message.callId, name: '', arguments: {} }
      turn.results.push({ call, text: message.text })
    }
  }
  turns.push(turn)
  return turns
}

/** What the customer wrote, without the tags a prompt may put around it. */
export function customerText(text: string): string {
  const tagged = /<(customer|message|user|customer_message|untrusted)[^>]*>([\s\S]*?)<\/\1>/i.exec(text)?.[2]
  return (tagged ?? text).replaceAll(/<\/?[a-z_]+[^>]*>/gi, ' ').trim()
}

/** The last thing the customer wrote; a transcript in one message (`customer: ...` lines) counts too. */
export function lastCustomerText(messages: ChatMessage[]): string {
  const last = messages.findLast((message) => message.role === 'user')
  if (!last) return ''
  const lines = [...last.text.matchAll(/^[\s*[-]*(?:customer|user)\s*[\]:]+\s*(.+)$/gim)].map((match) => match[1] ?? '')
  return customerText(lines.at(-1) ?? last.text)
}
