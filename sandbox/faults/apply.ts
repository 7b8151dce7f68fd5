import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, Response } from 'express'
import { Refusal } from '../http/refusal.ts'
import type { Fault, FaultDesk } from './fault-desk.ts'

const longestHold = 10 * 60_000

/**
 * Strikes a call with a fault. True = the call is over, nothing may be answered any more; false = go on (after `slow`,
 * and for `malformed`, which the caller applies to its own answer). Throws a Refusal for 500 and 429.
 */
export async function answerFault(
  desk: FaultDesk,
  fault: Fault,
  request: Request,
  response: Response,
): Promise<boolean> {
  switch (fault.kind) {
    case 'error-500':
      throw new Refusal(500, 'internal', 'a fault was ordered: error-500')
    case 'rate-limit-429':
      response.set('Retry-After', '1')
      throw new Refusal(429, 'rate_limited', 'a fault was ordered: rate-limit-429')
    case 'timeout':
      await hold(desk, response)
      request.socket.destroy()
      return true
    case 'slow':
      await pause(fault.delay_ms ?? 2_000, response)
      return response.destroyed
    case 'malformed':
    case 'drop-after-effect':
      break
  }
  return false
}

/** Waits until the client leaves, somebody heals, or ten minutes passed. */
async function hold(desk: FaultDesk, response: Response): Promise<void> {
  const over = new AbortController()
  const left = once(response, 'close', { signal: over.signal }).catch(() => undefined)
  const capped = sleep(longestHold, undefined, { ref: false, signal: over.signal }).catch(() => undefined)
  await Promise.race([left, capped, desk.healed()])
  over.abort()
}

/** Waits, but not longer than the client. */
async function pause(milliseconds: number, response: Response): Promise<void> {
  const over = new AbortController()
  response.once('close', () => over.abort())
  await sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined)
}
