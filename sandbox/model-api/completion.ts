import { randomUUID } from 'node:crypto'
import type { Response } from 'express'
import type { ModelReply } from '../model/model-reply.ts'
import type { ChatRequest } from '../model/request.ts'
import { estimateTokens, promptTokens } from '../model/tokens.ts'
import type { Pace } from './pace.ts'

/** How to send: the pace, the signal of a client that left, and whether to break the answer on purpose. */
export interface Sending {
  pace: Pace
  left: AbortSignal
  broken: boolean
}

/** A tool call as the protocol writes it. */
export interface WireToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** Token counts of one call. */
export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
}

/** The reply's tool calls with fresh ids. */
export function wireToolCalls(reply: ModelReply): WireToolCall[] {
  return reply.calls.map((call) => ({
    id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }))
}

/** A plausible count of the tokens. */
export function usageOf(chat: ChatRequest, reply: ModelReply): Usage {
  const prompt_tokens = promptTokens(chat)
  const completion_tokens = estimateTokens(reply.text + reply.calls.map((call) => JSON.stringify(call)).join(''))
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

/** Sends the whole completion in one JSON answer, after the time it would have taken to write. */
export async function sendCompletion(
  response: Response,
  chat: ChatRequest,
  reply: ModelReply,
  sending: Sending,
): Promise<void> {
  const usage = usageOf(chat, reply)
  await sending.pace.after(usage.completion_tokens, sending.left)
  if (sending.left.aborted) return
  const calls = wireToolCalls(reply)
  const text = JSON.stringify({
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: chat.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: reply.text === '' ? null : reply.text,
          refusal: null,
          ...(calls.length > 0 ? { tool_calls: calls } : {}),
        },
        logprobs: null,
        finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
      },
    ],
    usage,
  })
  response.type('json').send(sending.broken ? text.slice(0, text.length / 2) : text)
}
