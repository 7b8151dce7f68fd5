import type { ChatRequest } from './request.ts'

/** About as many tokens as a real tokenizer would count in English: four characters each. */
export function estimateTokens(text: string): number {
  return text === '' ? 0 : Math.max(1, Math.ceil(text.length / 4))
}

/** Tokens of the whole request: messages, tools and the schema of the answer. */
export function promptTokens(chat: ChatRequest): number {
  const messages = chat.messages.reduce(
    (sum, message) =>
      sum +
      4 +
      estimateTokens(message.text) +
      (message.calls.length > 0 ? estimateTokens(JSON.stringify(message.calls)) : 0),
    0,
  )
  const tools = chat.tools.length > 0 ? estimateTokens(JSON.stringify(chat.tools)) : 0
  return 3 + messages + tools + (chat.schema ? estimateTokens(JSON.stringify(chat.schema)) : 0)
}
