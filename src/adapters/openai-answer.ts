// An answer of the chat completions API, whole or in pieces: servers that "speak OpenAI" differ in every corner.
import type OpenAI from 'openai'
import { malformedAnswer, type RawAnswer } from './model-answer.ts'
import type { RawToolCall } from './tool-arguments.ts'

/** Reads the one JSON body of a call that does not stream. */
export function readCompletion(body: OpenAI.ChatCompletion, dependency: string): RawAnswer {
  const choice = body?.choices?.[0]
  if (!choice?.message) throw malformedAnswer(dependency, 'the answer has no message')
  const { content, refusal, tool_calls: calls } = choice.message
  return {
    text: typeof content === 'string' && content !== '' ? content : (refusal ?? ''),
    calls: (calls ?? []).flatMap((call) =>
      call.type === 'custom'
        ? []
        : [{ id: call.id ?? '', name: call.function?.name ?? '', arguments: argumentsText(call.function?.arguments) }],
    ),
    ending: endingOf(choice.finish_reason),
    ...tokensOf(body.usage),
  }
}

/** Puts the pieces of a stream together, handing on each piece of text as it comes. */
export async function readStream(
  chunks: AsyncIterable<OpenAI.ChatCompletionChunk>,
  onDelta: (text: string) => void,
): Promise<RawAnswer> {
  let text = ''
  let finish: string | null | undefined
  let usage: Usage
  const calls = new Map<number, RawToolCall>()
  for await (const chunk of chunks) {
    if (chunk.usage) usage = chunk.usage
    const choice = chunk.choices?.[0]
    if (!choice) continue
    const piece = choice.delta?.content ?? choice.delta?.refusal
    if (piece) {
      text += piece
      onDelta(piece)
    }
    for (const part of choice.delta?.tool_calls ?? []) {
      const call = calls.get(part.index) ?? { id: '', name: '', arguments: '' }
      calls.set(part.index, call)
      call.id ||= part.id ?? ''
      call.name ||= part.function?.name ?? ''
      call.arguments += part.function?.arguments ?? ''
    }
    finish = choice.finish_reason ?? finish
  }
  const inOrder = [...calls].toSorted(([a], [b]) => a - b).map(([, call]) => call)
  return { text, calls: inOrder, ending: endingOf(finish), ...tokensOf(usage) }
}

function endingOf(finish: string | null | undefined): RawAnswer['ending'] {
  if (!finish) return 'missing'
  return finish === 'content_filter' ? 'filtered' : 'complete'
}

type Usage = { prompt_tokens?: number; completion_tokens?: number } | null | undefined
const tokensOf = (usage: Usage) => ({ inputTokens: usage?.prompt_tokens, outputTokens: usage?.completion_tokens })

// Local model servers send the arguments as an object now and then, against the protocol.
const argumentsText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? {}))
