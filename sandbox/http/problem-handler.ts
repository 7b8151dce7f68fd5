// The last handlers of the app: an unknown path is 404, a broken body is 400, never a stack.
import type { NextFunction, Request, Response } from 'express'
import { Refusal } from './refusal.ts'

/** Answers every path that nobody took. */
export function notFound(request: Request, _response: Response, next: NextFunction): void {
  next(new Refusal(404, 'not_found', `nothing is at ${request.method} ${request.path}`))
}

/** Writes a Refusal as a problem document; what body parsing threw becomes 400 `malformed` or 413; the rest is a bare 500. */
export function problemHandler(log: (line: string) => void) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const refusal = asRefusal(error)
    if (refusal.status >= 500) log(`sandbox: ${request.method} ${request.path}: ${String(error)}`)
    if (response.headersSent) {
      response.destroy()
      return
    }
    response.status(refusal.status).type('application/problem+json').send(JSON.stringify(refusal.toProblem()))
  }
}

/** The Refusal that fits any thrown value. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (status === 413) return new Refusal(413, 'too_large', 'the body is too large')
  if (status === 415) return new Refusal(415, 'unsupported_media_type', 'the body must be JSON in UTF-8')
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal(400, 'malformed', 'the request could not be read')
  }
  return new Refusal(500, 'internal', 'the back end failed')
}
