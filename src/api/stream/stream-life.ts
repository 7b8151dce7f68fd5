// How long a stream lives: until the client leaves, the process stops, or the token that opened it expires.
import type { Response } from 'express'
import type { Principal } from '../middleware/authenticate.ts'
import { clientGone } from '../wait-for-answer.ts'

const LONGEST_TIMER = 2 ** 31 - 1

/** `until` aborts at its end; call `over` when the stream ended otherwise. */
export function streamLife(
  principal: Principal,
  response: Response,
  stopping: AbortSignal,
): { until: AbortSignal; over: () => void } {
  const expired = new AbortController()
  const left = Math.min(principal.expiresAt * 1000 - Date.now(), LONGEST_TIMER)
  const expiry = setTimeout(() => expired.abort(), Math.max(0, left))
  return {
    until: AbortSignal.any([clientGone(response), stopping, expired.signal]),
    over: () => clearTimeout(expiry),
  }
}
