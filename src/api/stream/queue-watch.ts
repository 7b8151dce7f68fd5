// Watches the queue for every console of this process: at most one look at the store a second, however many look on, and none
// while nobody does. Hints of the bus make a change quick; polling makes good for those that were lost, and sees what only
// time changes.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kernel } from '../../kernel/kernel.ts'
import { QUEUE } from '../../kernel/queue-hint.ts'
import { type QueueSnapshot, queueSnapshot } from '../../kernel/reads/queue-counts.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { createDoorbell } from '../wait-for-answer.ts'

const LOOK_EVERY = 1000
/** Without a bus every change waits for this; once a hint came, polling only makes good for lost ones. */
const POLL = 1000
const POLL_WITH_BUS = 5000

export type QueueWatch = {
  /** Calls `listener` with the queue as it is, as soon as that is known, and after each change. Returns how to leave. */
  follow: (listener: (snapshot: QueueSnapshot) => void) => () => void
  /** The queue as it was within the last second. */
  look: () => Promise<QueueSnapshot>
}

export function createQueueWatch(kernel: Kernel, logger: Logger, stopping: AbortSignal): QueueWatch {
  const listeners = new Set<(snapshot: QueueSnapshot) => void>()
  const doorbell = createDoorbell()
  let latest: { at: number; snapshot: Promise<QueueSnapshot> } | null = null
  let told: { text: string; snapshot: QueueSnapshot } | null = null
  let running = false

  const look = (): Promise<QueueSnapshot> => {
    if (latest && Date.now() - latest.at < LOOK_EVERY) return latest.snapshot
    const current = { at: Date.now(), snapshot: queueSnapshot(kernel) }
    latest = current
    current.snapshot.catch(() => {
      // A store that is back must not be taken for one that is away.
      if (latest === current) latest = null
    })
    return current.snapshot
  }
  const isWatched = () => listeners.size > 0 && !stopping.aborted

  async function tell(): Promise<void> {
    const snapshot = await look()
    const text = JSON.stringify(snapshot)
    if (text === told?.text) return
    told = { text, snapshot }
    for (const listener of listeners) listener(snapshot)
  }

  async function run(): Promise<void> {
    running = true
    let poll = POLL
    const unsubscribe = await kernel.bus.subscribe(QUEUE, () => {
      poll = POLL_WITH_BUS
      doorbell.ring()
    })
    try {
      while (isWatched()) {
        await tell().catch((error: unknown) => logger.warn({ err: error }, 'could not look at the queue'))
        await sleep(LOOK_EVERY)
        if (isWatched()) await doorbell.wait(poll)
      }
    } finally {
      unsubscribe()
      running = false
      told = null
      // Somebody came while the last one left.
      if (isWatched()) void run()
    }
  }
  stopping.addEventListener('abort', doorbell.ring, { once: true })

  return {
    look,
    follow(listener) {
      listeners.add(listener)
      if (told) listener(told.snapshot)
      if (!running) void run()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) doorbell.ring()
      }
    },
  }
}
