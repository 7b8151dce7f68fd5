// First token: from the customer's message to the first piece of the answer on the event stream, less what the model takes for its own.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { openEventStream } from './event-stream.ts'
import { type Percentiles, percentiles } from './percentiles.ts'
import type { Shopper } from './shop.ts'
import type { System } from './system.ts'
import { shortQuestion } from './the-turn.ts'

export type FirstTokenPlan = {
  conversations: number
  /** Milliseconds of the model before its first token. */
  latency: number
  /** Milliseconds that a customer reads and thinks between two messages, on average. */
  think: number
  /** Milliseconds in all. */
  duration: number
}

export type FirstToken = FirstTokenPlan & { messages: number; added_ms: Percentiles }

const ANSWERED_WITHIN = 60_000
const GREETED_WITHIN = 500

/** So many conversations at once, each with its stream open, each with a question now and then. */
export async function measureFirstToken(system: System, plan: FirstTokenPlan): Promise<FirstToken> {
  await system.stack.sandbox.model({ latency_ms: plan.latency, tokens_per_second: 0 })
  const until = performance.now() + plan.duration
  const waits = await Promise.all(
    Array.from({ length: plan.conversations }, async (_, index) => {
      const shopper = system.shoppers[index % system.shoppers.length]
      return shopper ? listen(system, shopper, plan, until) : []
    }),
  )
  const added = waits.flat().map((wait) => wait - plan.latency)
  return { ...plan, messages: added.length, added_ms: percentiles(added) }
}

async function listen(system: System, shopper: Shopper, plan: FirstTokenPlan, until: number): Promise<number[]> {
  const { everdesk, stack, token, post } = system
  const { conversation } = await everdesk.start(shopper.customer, 'Hello')
  const url = `${stack.apis[0]?.url ?? ''}/v1/conversations/${conversation}`
  const bearer = await token(shopper.customer)
  let first: ((at: number) => void) | undefined
  let done: (() => void) | undefined
  const stream = await openEventStream({
    url: `${url}/events`,
    token: bearer,
    after: 0,
    // Events of the greeting come first, and call nobody. A text that was whole before its first piece was shown counts as shown then.
    onEvent: ({ type, at }) => {
      if (type === 'message-delta' || type === 'message-completed') first?.(at)
      if (type === 'message-completed') done?.()
    },
  })
  await sleep(GREETED_WITHIN)
  const waits: number[] = []
  try {
    for (;;) {
      const pause = -Math.log(1 - Math.random()) * plan.think
      if (performance.now() + pause > until) return waits
      await sleep(pause)
      const [order] = shopper.nextPair()
      const heard = new Promise<number>((resolve) => (first = resolve))
      const whole = new Promise<void>((resolve) => (done = resolve))
      const sentAt = performance.now()
      await post(`${url}/messages`, { text: shortQuestion(order) }, { authorization: `Bearer ${bearer}` })
      const at = await Promise.race([heard, sleep(ANSWERED_WITHIN, null, { ref: false })])
      if (at === null) throw new Error(`no first token within ${ANSWERED_WITHIN} ms`)
      await whole
      waits.push(at - sentAt)
      first = undefined
      done = undefined
    }
  } finally {
    stream.close()
  }
}
