// The last two handlers: nothing matched, and something was thrown. Classifies errors once (style 12).
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { Refusal } from '../../domain/errors.ts'
import { isStoreAway } from '../../kernel/store-errors.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { notFound, sendProblem, unavailable } from '../problem.ts'

export const unknownRoute: RequestHandler = () => {
  throw notFound('resource')
}

export function problems(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = classify(error)
    if (refusal.code === 'internal') logger.error({ err: error, request: request.id }, 'a request failed')
    if (refusal.code === 'temporarily_unavailable' && error !== refusal) {
      logger.warn({ err: error, request: request.id }, 'the store does not answer')
    }
    // Too late for a status: cutting the connection is the only honest end.
    if (response.headersSent) {
      next(error)
      return
    }
    sendProblem(response, refusal)
  }
}

function classify(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (isStoreAway(error)) return unavailable('The store does not answer. Try again in a moment.')
  // Express's own: a path whose percent-encoding is broken.
  if (error instanceof URIError) return notFound('resource')
  return new Refusal('internal', 'Something went wrong here. It has been logged.')
}
