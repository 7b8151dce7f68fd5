// A customer who does not give up: sends the same message with the same id, to any API that answers, until it has an outcome.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Post } from './http.ts'

/** How a message ended for its customer; `lost` has no outcome within the patience. */
export type Outcome = { ms: number; status: 'answered' | 'handed_off' | 'failed' | 'lost'; conversation: string | null }

type Settled = { conversation?: { id: string }; message?: { status: Outcome['status'] | 'accepted' | 'processing' } }

const HOLD_SECONDS = 20
const PAUSE = 250

/** Sends until it is settled. `conversation` null starts one. `urls` are the APIs, tried in turn. */
export async function insist(request: {
  urls: readonly string[]
  token: string
  post: Post
  conversation: string | null
  id: string
  text: string
  /** Milliseconds until it counts as lost. */
  patience: number
}): Promise<Outcome> {
  const { urls, token, post, id, text, patience } = request
  const headers = { authorization: `Bearer ${token}`, prefer: `wait=${HOLD_SECONDS}` }
  let { conversation } = request
  const began = performance.now()
  const elapsed = () => performance.now() - began
  for (let attempt = 0; elapsed() < patience; attempt++) {
    const api = urls[attempt % urls.length] ?? ''
    const sent =
      conversation === null
        ? post<Settled>(`${api}/v1/conversations`, { message: { id, text } }, headers)
        : post<Settled>(`${api}/v1/conversations/${conversation}/messages`, { id, text }, headers)
    const answer = await sent.catch(() => null)
    const { conversation: found, message } = answer !== null && answer.status < 300 ? answer.body : {}
    conversation = found?.id ?? conversation
    const status = message?.status
    if (status === 'answered' || status === 'handed_off' || status === 'failed') {
      return { ms: elapsed(), status, conversation }
    }
    if (status === undefined) await sleep(PAUSE)
  }
  return { ms: elapsed(), status: 'lost', conversation }
}
