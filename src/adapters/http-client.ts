// Port HttpClient on Node's own fetch, which keeps connections alive.
import { OutsideError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { HttpCall, HttpClient } from '../ports/systems.ts'
import { exchange } from './exchange.ts'
import { parsePlainJson } from './plain-json.ts'
import { statusFailure } from './status-failure.ts'

/** JSON in, JSON out; an empty answer is null. 2xx and the statuses in `accept` are answers, all else is an OutsideError. */
export function createHttpClient(): HttpClient {
  return { call }
}

async function call(request: HttpCall): Promise<{ status: number; body: Json }> {
  const { dependency, method, url, timeout } = request
  const answer = await exchange({
    dependency,
    method,
    url,
    timeout,
    headers: {
      accept: 'application/json',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...(request.signal ? { signal: request.signal } : {}),
  })
  const accepted = (answer.status >= 200 && answer.status < 300) || request.accept?.includes(answer.status)
  if (!accepted) throw statusFailure(dependency, answer.status, answer.headers)
  return { status: answer.status, body: bodyOf(answer.text, dependency) }
}

// A proxy's error page must not pass for the back end's own "404, no such order", so an accepted status needs JSON too.
function bodyOf(text: string, dependency: string): Json {
  if (text.trim() === '') return null
  const body = parsePlainJson(text)
  if (body === undefined) {
    throw new OutsideError(
      'BackendError.Malformed',
      dependency,
      `${dependency} answered with something that is not JSON`,
    )
  }
  return body
}
