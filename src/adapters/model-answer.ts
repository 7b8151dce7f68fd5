// A model's answer, read with suspicion, whatever protocol it came by.
import { OutsideError } from '../domain/errors.ts'
import type { ModelAnswer, ModelRequest } from '../ports/llm.ts'
import { storable } from '../domain/json.ts'
import { parsePlainJson } from './plain-json.ts'
import type { RawToolCall } from './tool-arguments.ts'
import { readToolCalls } from './tool-arguments.ts'

/** What a provider said, before it is judged. */
export type RawAnswer = {
  text: string
  calls: RawToolCall[]
  /** `missing`: the provider never said that the answer is complete, so it may be half of one. */
  ending: 'complete' | 'filtered' | 'missing'
  /** Without them they are estimated. */
  inputTokens?: number | undefined
  outputTokens?: number | undefined
}

/** Judges what was said. Throws `ModelError.Malformed` for half an answer and `ModelError.Refused` for a filtered one. */
export function judgeAnswer(raw: RawAnswer, request: ModelRequest, dependency: string): ModelAnswer {
  // Only a word about the ending tells a whole answer from one whose connection was cut.
  if (raw.ending === 'missing') throw malformedAnswer(dependency, 'the answer ended before it was finished')
  if (raw.ending === 'filtered') {
    throw new OutsideError('ModelError.Refused', dependency, `${dependency}: filtered by the provider`, {
      ambiguous: false,
    })
  }
  const text = storable(raw.text)
  const toolCalls = readToolCalls(raw.calls)
  if (text.trim() === '' && toolCalls.length === 0) throw malformedAnswer(dependency, 'the answer is empty')
  if (request.answerSchema && toolCalls.length === 0 && parsePlainJson(text) === undefined) {
    throw malformedAnswer(dependency, 'the answer is not the JSON that was asked for')
  }
  return {
    text,
    toolCalls,
    model: request.model,
    inputTokens: raw.inputTokens ?? estimateTokens(JSON.stringify([request.messages, request.tools ?? []])),
    outputTokens: raw.outputTokens ?? estimateTokens(raw.text + JSON.stringify(raw.calls)),
  }
}

// Some providers report no usage; a budget must still see that something was spent. Four characters a token is the usual guess.
const estimateTokens = (text: string): number => Math.ceil(text.length / 4)

/** `what` is for people who read the log, and holds nothing of the answer. */
export const malformedAnswer = (dependency: string, what: string): OutsideError =>
  new OutsideError('ModelError.Malformed', dependency, `${dependency}: ${what}`, { ambiguous: false })
