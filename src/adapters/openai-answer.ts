// A model's answer, whole or in pieces, read with suspicion: providers that "speak OpenAI" differ in every corner.
import type OpenAI from 'openai'
import { OutsideError } from '../domain/errors.ts'
import type { ModelAnswer, ModelRequest } from '../ports/llm.ts'
import { parsePlainJson, storable } from './plain-json.ts'
import type { RawToolCall } from './tool-arguments.ts'
import { readToolCalls } from './tool-arguments.ts'

/** What a provider said, before it is judged. */
export type RawAnswer = {
  text: string
  calls: RawToolCall[]
  finish: string | null | undefined
  usage: { prompt_tokens?: number; completion_tokens?: number } | null | undefined
}

/** Reads the one JSON body of a call that does not stream. */
export function readCompletion(body: OpenAI.ChatCompletion, dependency: string): RawAnswer {
  const choice = body?.choices?.[0]
  if (!choice?.message) throw malformed(dependency, 'the answer has no message')
  const { content, refusal, tool_calls: calls } = choice.message
  return {
    text: typeof content === 'string' && content !== '' ? content : (refusal ?? ''),
    calls: (calls ?? []).flatMap((call) =>
      call.type === 'custom'
        ? []
        : [{ id: call.id ?? '', name: call.function?.name ?? '', arguments: argumentsText(call.function?.arguments) }],
    ),
    finish: choice.finish_reason,
    usage: body.usage,
  }
}

/** Puts the pieces of a stream together, handing on each piece of text as it comes. */
export async function readStream(
  chunks: AsyncIterable<OpenAI.ChatCompletionChunk>,
  onDelta: (text: string) => void,
): Promise<RawAnswer> {
  const answer: RawAnswer = { text: '', calls: [], finish: undefined, usage: undefined }
  const calls = new Map<number, RawToolCall>()
  for await (const chunk of chunks) {
    if (chunk.usage) answer.usage = chunk.usage
    const choice = chunk.choices?.[0]
    if (!choice) continue
    const piece = choice.delta?.content ?? choice.delta?.refusal
    if (piece) {
      answer.text += piece
      onDelta(piece)
    }
    for (const part of choice.delta?.tool_calls ?? []) {
      const call = calls.get(part.index) ?? { id: '', name: '', arguments: '' }
      calls.set(part.index, call)
      call.id ||= part.id ?? ''
      call.name ||= part.function?.name ?? ''
      call.arguments += part.function?.arguments ?? ''
    }
    answer.finish = choice.finish_reason ?? answer.finish
  }
  return { ...answer, calls: [...calls].toSorted(([a], [b]) => a - b).map(([, call]) => call) }
}

/** Judges what was said. Throws `ModelError.Malformed` for half an answer and `ModelError.Refused` for a filtered one. */
export function judgeAnswer(raw: RawAnswer, request: ModelRequest, dependency: string): ModelAnswer {
  // Only a finish reason tells a whole answer from one whose connection was cut.
  if (!raw.finish) throw malformed(dependency, 'the answer ended before it was finished')
  if (raw.finish === 'content_filter') {
    throw new OutsideError('ModelError.Refused', dependency, `${dependency}: filtered by the provider`, {
      ambiguous: false,
    })
  }
  const text = storable(raw.text)
  const toolCalls = readToolCalls(raw.calls)
  if (text.trim() === '' && toolCalls.length === 0) throw malformed(dependency, 'the answer is empty')
  if (request.answerSchema && toolCalls.length === 0 && parsePlainJson(text) === undefined) {
    throw malformed(dependency, 'the answer is not the JSON that was asked for')
  }
  return {
    text,
    toolCalls,
    model: request.model,
    inputTokens: raw.usage?.prompt_tokens ?? estimateTokens(JSON.stringify([request.messages, request.tools ?? []])),
    outputTokens: raw.usage?.completion_tokens ?? estimateTokens(raw.text + JSON.stringify(raw.calls)),
  }
}

// Some providers report no usage; a budget must still see that something was spent. Four characters a token is the usual guess.
const estimateTokens = (text: string): number => Math.ceil(text.length / 4)

// Local model servers send the arguments as an object now and then, against the protocol.
const argumentsText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? {}))

const malformed = (dependency: string, what: string): OutsideError =>
  new OutsideError('ModelError.Malformed', dependency, `${dependency}: ${what}`, { ambiguous: false })
