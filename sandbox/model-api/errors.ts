import type { ErrorRequestHandler, Response } from 'express'
import { asRefusal } from '../http/problem-handler.ts'

/** Writes an error in OpenAI's shape: `{error: {message, type, param, code}}`. */
function sendModelError(response: Response, status: number, code: string, message: string): void {
  const type = status === 429 ? 'rate_limit_exceeded' : status >= 500 ? 'server_error' : 'invalid_request_error'
  response.status(status).json({ error: { message, type, param: null, code } })
}

/** The last handler of the model's routes. */
export const modelErrorHandler: ErrorRequestHandler = (error, _request, response, _next) => {
  const refusal = asRefusal(error)
  if (response.headersSent) response.destroy()
  else sendModelError(response, refusal.status, refusal.code, refusal.message)
}
