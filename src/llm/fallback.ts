// One model stands in for another that is out of reach, once in a call.
import type { FailureType } from '../domain/errors.ts'
import { OutsideError } from '../domain/errors.ts'
import type { LanguageModel, ModelAnswer, ModelRequest } from '../ports/llm.ts'

export type FallbackOptions = {
  /** Name of the model to ask when the request's own cannot be reached; null: there is none. */
  standIn: string | null
  /** What was streamed so far is void; called before the stand-in's first piece, and only when there was something. */
  onRestart?: () => void
}
/** `answer.model` is the one that answered; `insteadOf` names the failure when that is the stand-in. */
export type FallbackAnswer = { answer: ModelAnswer; insteadOf: { model: string; failure: FailureType } | null }

// A malformed answer, a refusal or a lost minute is no better elsewhere; Temporal decides about those.
const OUT_OF_REACH: ReadonlySet<FailureType> = new Set([
  'ModelError.RateLimited',
  'ModelError.Unavailable',
  'CircuitOpen',
])
// Below it a stand-in could not answer either.
const LEAST_TIME = 1000

/** Throws the first model's failure when the stand-in fails too: it tells better when to try again. */
export async function completeWithFallback(
  model: LanguageModel,
  request: ModelRequest,
  { standIn, onRestart }: FallbackOptions,
): Promise<FallbackAnswer> {
  const started = Date.now()
  let streamed = false
  try {
    const answer = await model.complete(watched(request, () => (streamed = true)))
    return { answer, insteadOf: null }
  } catch (error) {
    const left = request.timeout - (Date.now() - started)
    if (!isOutOfReach(error) || standIn === null || standIn === request.model || left < LEAST_TIME) throw error
    let restarted = !streamed
    const restart = (): void => {
      if (!restarted) onRestart?.()
      restarted = true
    }
    try {
      const answer = await model.complete({ ...watched(request, restart), model: standIn, timeout: left })
      // It may answer with tool calls alone, and then nothing streamed would void the first one's words.
      restart()
      return { answer, insteadOf: { model: request.model, failure: error.type } }
    } catch (second) {
      request.signal?.throwIfAborted()
      throw second instanceof OutsideError ? error : second
    }
  }
}

/** The request, with `beforeDelta` called before each piece of text. */
function watched(request: ModelRequest, beforeDelta: () => void): ModelRequest {
  const { onDelta } = request
  if (!onDelta) return request
  return {
    ...request,
    onDelta: (text) => {
      beforeDelta()
      onDelta(text)
    },
  }
}

const isOutOfReach = (error: unknown): error is OutsideError =>
  error instanceof OutsideError && OUT_OF_REACH.has(error.type)
