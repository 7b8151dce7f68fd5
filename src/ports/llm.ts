// What we need from a language model. Shapes follow the OpenAI chat protocol, which every provider worth having speaks.
import type { JsonObject } from '../domain/json.ts'

export type ToolSchema = { name: string; description: string; parameters: JsonObject }
/** `input` is what the model wrote, parsed; `problem` says why it could not be parsed. */
export type ToolCall = { id: string; tool: string; input: JsonObject; problem?: string }

export type PromptMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: ToolCall[] }
  | { role: 'tool'; callId: string; content: string }

export type ModelRequest = {
  /** Name in the model list. */
  model: string
  messages: PromptMessage[]
  tools?: ToolSchema[]
  /** JSON schema the answer must follow, with its name. */
  answerSchema?: { name: string; schema: JsonObject }
  temperature?: number
  maxOutputTokens?: number
  /** Milliseconds until the whole call is given up. */
  timeout: number
  signal?: AbortSignal
  /** Called with each piece of text while the model writes; without it the call does not stream. */
  onDelta?: (text: string) => void
}

export type ModelAnswer = {
  text: string
  toolCalls: ToolCall[]
  model: string
  inputTokens: number
  outputTokens: number
}

/** One call, no retry of its own; failures are OutsideError `ModelError.*` or `CircuitOpen`. */
export interface LanguageModel {
  complete(request: ModelRequest): Promise<ModelAnswer>
}
