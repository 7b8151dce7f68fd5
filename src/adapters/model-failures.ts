// What a model call throws, as one of our five kinds. The tables below and those of openai-errors.ts decide, nobody else.
import type { FailureType } from '../domain/errors.ts'
import { OutsideError } from '../domain/errors.ts'
import { networkFailure } from './network-failure.ts'
import { retryAfterOf } from './retry-after.ts'

export type ModelFailure = Extract<FailureType, `ModelError.${string}`>

/** Whatever a call threw. A model call has no effect on anything, so a failed one is never ambiguous. */
export function modelFailure(error: unknown, dependency: string): OutsideError {
  if (error instanceof OutsideError) return error
  // A body that is not JSON, a stream whose pieces are not.
  if (error instanceof SyntaxError) return failureOf('ModelError.Malformed', dependency, { cause: error })
  // What is left broke on the wire: a stream cut in the middle, a reset.
  return failureOf(`ModelError.${networkFailure(error).kind}`, dependency, { cause: error })
}

/** An HTTP answer that is no success. */
export const statusFailure = (
  status: number,
  dependency: string,
  { headers, cause }: { headers?: Headers | undefined; cause?: unknown } = {},
): OutsideError => failureOf(typeOfStatus(status), dependency, { status, headers, cause })

/** The message holds no text of the prompt. */
export function failureOf(
  type: ModelFailure,
  dependency: string,
  { status, headers, cause }: { status?: number; headers?: Headers | undefined; cause?: unknown },
): OutsideError {
  const retryAfter = retryAfterOf(headers)
  const message = `${dependency}: ${MEANING[type]}${status === undefined ? '' : ` (status ${status})`}`
  return new OutsideError(type, dependency, message, {
    ambiguous: false,
    cause,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}

function typeOfStatus(status: number): ModelFailure {
  if (status === 429) return 'ModelError.RateLimited'
  if (status === 408) return 'ModelError.Timeout'
  if (status === 409 || status >= 500) return 'ModelError.Unavailable'
  return 'ModelError.Refused'
}

const MEANING: Record<ModelFailure, string> = {
  'ModelError.RateLimited': 'too many requests',
  'ModelError.Unavailable': 'not available',
  'ModelError.Timeout': 'no answer in time',
  'ModelError.Malformed': 'the answer could not be read',
  'ModelError.Refused': 'the request was refused; check model name, key and request',
}
