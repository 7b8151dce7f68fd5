// Our request in the words of the chat completions API.
import type OpenAI from 'openai'
import type { JsonObject } from '../domain/json.ts'
import type { ModelRequest, PromptMessage } from '../ports/llm.ts'
import { isRecord } from './record.ts'

const MOST_OUTPUT_TOKENS = 2048

type Body = Omit<OpenAI.ChatCompletionCreateParams, 'stream' | 'stream_options'>

/** `temperature: false` leaves the temperature out, for models that refuse one. */
export function chatBody(request: ModelRequest, provider: { model: string; temperature: boolean }): Body {
  return {
    model: provider.model,
    messages: request.messages.map(chatMessage),
    // Never without a cap: a model that babbles costs money and time.
    max_completion_tokens: request.maxOutputTokens ?? MOST_OUTPUT_TOKENS,
    ...(provider.temperature && request.temperature !== undefined ? { temperature: request.temperature } : {}),
    ...(request.tools?.length
      ? {
          tools: request.tools.map((tool) => ({ type: 'function' as const, function: tool })),
          parallel_tool_calls: true,
        }
      : {}),
    ...(request.answerSchema
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { ...request.answerSchema, strict: isStrict(request.answerSchema.schema) },
          },
        }
      : {}),
  }
}

function chatMessage(message: PromptMessage): OpenAI.ChatCompletionMessageParam {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.callId, content: message.content }
  if (message.role !== 'assistant' || !message.toolCalls?.length)
    return { role: message.role, content: message.content }
  return {
    role: 'assistant',
    content: message.content || null,
    tool_calls: message.toolCalls.map((call) => ({
      id: call.id,
      type: 'function' as const,
      function: { name: call.tool, arguments: JSON.stringify(call.input) },
    })),
  }
}

/** Strict mode binds the model to the schema, but the API takes only schemas in which every object is closed and every field required. */
const isStrict = (schema: JsonObject): boolean => strictPart(schema)

function strictPart(part: unknown): boolean {
  if (Array.isArray(part)) return part.every(strictPart)
  if (!isRecord(part)) return true
  const { type, properties, required, additionalProperties } = part
  if (type === 'object') {
    const fields = isRecord(properties) ? Object.keys(properties) : []
    if (additionalProperties !== false || !Array.isArray(required)) return false
    if (!fields.every((field) => required.includes(field))) return false
  }
  return Object.values(part).every(strictPart)
}
