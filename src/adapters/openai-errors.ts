// What the OpenAI SDK throws, as one of our kinds of failure.
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import type { OutsideError } from '../domain/errors.ts'
import { failureOf, modelFailure, statusFailure, type ModelFailure } from './model-failures.ts'
import { networkFailure } from './network-failure.ts'

// The provider's own word in an error that arrives inside a stream, where there is no status.
const TYPE_OF_WORD: Record<string, ModelFailure> = {
  rate_limit_error: 'ModelError.RateLimited',
  rate_limit_exceeded: 'ModelError.RateLimited',
  invalid_request_error: 'ModelError.Refused',
}

export function openAiFailure(error: unknown, dependency: string): OutsideError {
  if (error instanceof APIConnectionTimeoutError) return failureOf('ModelError.Timeout', dependency, { cause: error })
  if (error instanceof APIConnectionError) {
    return failureOf(`ModelError.${networkFailure(error).kind}`, dependency, { cause: error })
  }
  if (!(error instanceof APIError)) return modelFailure(error, dependency)
  const { status, headers } = error
  if (typeof status === 'number') return statusFailure(status, dependency, { headers, cause: error })
  const word = error.code ?? error.type ?? ''
  const named = Object.hasOwn(TYPE_OF_WORD, word) ? TYPE_OF_WORD[word] : undefined
  return failureOf(named ?? 'ModelError.Unavailable', dependency, { headers, cause: error })
}
