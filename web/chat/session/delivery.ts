// Sends what waits in the outbox, one after the other and in order. What may succeed later stays and is tried again, as soon as
// the browser is online; what the desk will never take is marked with the reason and lets the next one pass.
import { asProblem } from '../../shared/problem.ts'
import type { Outbox, Unsent } from '../conversation/outbox.ts'

export type Delivery = {
  /** There is something to send. */
  kick: () => void
}

export type DeliveryOptions = {
  outbox: () => Outbox
  /** Resolves when the desk has it for good. Throws Problem. */
  send: (unsent: Unsent) => Promise<void>
  onChange: (sending: string | undefined) => void
  /** The desk wants a pause: seconds, and whether it is the hour's limit. */
  onPause: (seconds: number | undefined) => void
  /** Nobody is signed in any more, or the conversation is not theirs: sending stops until `kick`. */
  onEnd: (why: 'signed_out' | 'gone') => void
  /** Milliseconds, or sooner when the browser is online again. */
  wait: (milliseconds: number) => Promise<void>
}

const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 15_000

export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, send, onChange, onPause, onEnd, wait } = options
  let running = false

  async function run(): Promise<void> {
    let failures = 0
    for (;;) {
      const next = outbox()
        .all()
        .find(({ refused }) => refused === undefined)
      if (!next) return
      onChange(next.id)
      try {
        await send(next)
        failures = 0
        outbox().drop(next.id)
      } catch (error) {
        const { status, code, message } = asProblem(error)
        if (status === 401) return onEnd('signed_out')
        if (status === 404) return onEnd('gone')
        if (status === 429) {
          const seconds = secondsIn(message)
          onPause(seconds)
          await wait(seconds * 1000)
          onPause(undefined)
        } else if (status >= 400 && status < 500) {
          outbox().refuse(next.id, message || code)
        } else {
          onChange(undefined)
          await wait(Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE))
          failures += 1
        }
      }
    }
  }

  return {
    kick() {
      if (running) return
      running = true
      void run().finally(() => {
        running = false
        onChange(undefined)
      })
    },
  }
}

/** The desk says in its words how long; a minute when it does not. */
function secondsIn(detail: string): number {
  const found = /(\d+) seconds/.exec(detail)?.[1]
  return found === undefined ? 60 : Math.min(3600, Number(found))
}
