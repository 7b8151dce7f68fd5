import { randomUUID } from 'node:crypto'
import type { Response } from 'express'
import type { ModelReply } from '../model/model-reply.ts'
import type { ChatRequest } from '../model/request.ts'
import { estimateTokens } from '../model/tokens.ts'
import { usageOf, wireToolCalls } from './completion.ts'
import type { Sending } from './completion.ts'

/** Streams the completion as SSE chunks: role, text by words, tool calls in two pieces each, finish, usage when asked, `[DONE]`. */
export async function streamCompletion(
  response: Response,
  chat: ChatRequest,
  reply: ModelReply,
  sending: Sending,
): Promise<void> {
  response.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1000),
    model: chat.model,
  }
  const usage = usageOf(chat, reply)
  const send = (delta: object, finish_reason: string | null = null): void => {
    const chunk = { ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason }] }
    response.write(`data: ${JSON.stringify(chat.includeUsage ? { ...chunk, usage: null } : chunk)}\n\n`)
  }
  send({ role: 'assistant', content: reply.calls.length > 0 && reply.text === '' ? null : '' })
  const pieces = deltas(reply)
  for (const [index, delta] of pieces.entries()) {
    if (sending.left.aborted) return
    if (sending.broken && index >= pieces.length / 2) {
      response.end('data: {"id": "chatcmpl-broken", "choices": [{"delta": {"conte\n\n')
      return
    }
    send(delta)
    await sending.pace.after(estimateTokens(JSON.stringify(Object.values(delta))), sending.left)
  }
  if (sending.left.aborted) return
  send({}, reply.calls.length > 0 ? 'tool_calls' : 'stop')
  if (chat.includeUsage) response.write(`data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`)
  response.end('data: [DONE]\n\n')
}

function deltas(reply: ModelReply): object[] {
  const words = reply.text.match(/\s*\S+\s*/g) ?? []
  const calls = wireToolCalls(reply).flatMap((call, index) => {
    const text = call.function.arguments
    const middle = Math.ceil(text.length / 2)
    return [
      { tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.function.name, arguments: '' } }] },
      { tool_calls: [{ index, function: { arguments: text.slice(0, middle) } }] },
      { tool_calls: [{ index, function: { arguments: text.slice(middle) } }] },
    ]
  })
  return [...words.map((content) => ({ content })), ...calls]
}
