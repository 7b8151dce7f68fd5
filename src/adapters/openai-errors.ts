// What the SDK throws, as one of our five kinds. The table below is the only place that decides.
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import type { FailureType } from '../domain/errors.ts'
import { OutsideError } from '../domain/errors.ts'
import { networkFailure } from './network-failure.ts'
import { retryAfterOf } from './retry-after.ts'

type ModelFailure = Extract<FailureType, `ModelError.${string}`>

// The provider's own word in an error that arrives inside a stream, where there is no status.
const TYPE_OF_WORD: Record<string, ModelFailure> = {
  rate_limit_error: 'ModelError.RateLimited',
  rate_limit_exceeded: 'ModelError.RateLimited',
  invalid_request_error: 'ModelError.Refused',
}

/** A model call has no effect on anything, so a failed one is never ambiguous. The message holds no text of the prompt. */
export function modelFailure(error: unknown, dependency: string): OutsideError {
  if (error instanceof OutsideError) return error
  const type = failureType(error)
  const status = error instanceof APIError && error.status !== undefined ? ` (status ${error.status})` : ''
  const retryAfter = error instanceof APIError ? retryAfterOf(error.headers) : undefined
  return new OutsideError(type, dependency, `${dependency}: ${MEANING[type]}${status}`, {
    ambiguous: false,
    cause: error,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}

function failureType(error: unknown): ModelFailure {
  if (error instanceof APIConnectionTimeoutError) return 'ModelError.Timeout'
  if (error instanceof APIConnectionError) return `ModelError.${networkFailure(error).kind}`
  if (error instanceof APIError) return typeOfStatus(error)
  // A body that is not JSON, a stream whose pieces are not.
  if (error instanceof SyntaxError) return 'ModelError.Malformed'
  // What is left broke on the wire: a stream cut in the middle, a reset.
  return `ModelError.${networkFailure(error).kind}`
}

function typeOfStatus(error: APIError): ModelFailure {
  if (error.status === undefined) {
    const word = error.code ?? error.type ?? ''
    return Object.hasOwn(TYPE_OF_WORD, word)
      ? (TYPE_OF_WORD[word] ?? 'ModelError.Unavailable')
      : 'ModelError.Unavailable'
  }
  if (error.status === 429) return 'ModelError.RateLimited'
  if (error.status === 408) return 'ModelError.Timeout'
  if (error.status === 409 || error.status >= 500) return 'ModelError.Unavailable'
  return 'ModelError.Refused'
}

const MEANING: Record<ModelFailure, string> = {
  'ModelError.RateLimited': 'too many requests',
  'ModelError.Unavailable': 'not available',
  'ModelError.Timeout': 'no answer in time',
  'ModelError.Malformed': 'the answer could not be read',
  'ModelError.Refused': 'the request was refused; check model name, key and request',
}
