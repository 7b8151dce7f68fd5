// `Prefer: wait`: holds a request until its message is settled. The bus wakes it early, polling makes sure.
import type { Response } from 'express'
import type { Kernel } from '../kernel/kernel.ts'
import { messageProgress, type MessageProgress } from '../kernel/reads/messages.ts'

const POLL = 1000

/** The settled message, or null when the time is over, the client is gone or the process stops. */
export async function waitForAnswer(
  kernel: Kernel,
  wait: { conversationId: string; messageId: string; seconds: number; until: AbortSignal },
): Promise<MessageProgress | null> {
  const { conversationId, messageId } = wait
  const until = AbortSignal.any([wait.until, AbortSignal.timeout(wait.seconds * 1000)])
  const doorbell = createDoorbell()
  until.addEventListener('abort', doorbell.ring, { once: true })
  const unsubscribe = await kernel.bus.subscribe(conversationId, (message) => {
    if (message.kind === 'events' && message.progress !== true) doorbell.ring()
  })
  try {
    for (;;) {
      const progress = await messageProgress(kernel, conversationId, messageId)
      if (!progress) return null
      if (progress.status !== 'accepted' && progress.status !== 'processing') return progress
      if (until.aborted) return null
      await doorbell.wait(POLL)
    }
  } finally {
    unsubscribe()
    until.removeEventListener('abort', doorbell.ring)
  }
}

/** A bell that remembers being rung while nobody waited. */
export function createDoorbell() {
  let rung = false
  let open: (() => void) | undefined
  return {
    ring: () => {
      rung = true
      open?.()
    },
    /** Resolves when it was or is rung, or after `patience` milliseconds. */
    async wait(patience: number): Promise<void> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, patience)
          open = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        open = undefined
      }
      rung = false
    },
  }
}

/** Aborts when the client leaves before it was answered. */
export function clientGone(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}
