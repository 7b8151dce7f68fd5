import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from './http.ts'

const TRIES = 12

/** Asks again, as a good client does, until there is an answer: the same words, so under the same key. */
export async function insist(ask: (attempt: number) => Promise<Reply>, over: AbortSignal): Promise<Reply> {
  let reply: Reply = { status: null, body: {} }
  for (let attempt = 0; attempt < TRIES && !over.aborted; attempt += 1) {
    reply = await ask(attempt)
    if (reply.status !== null && reply.status < 500) break
    await sleep(Math.min(300 * 2 ** attempt, 3000))
  }
  return reply
}
