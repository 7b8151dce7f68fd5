// Port Bus inside one process, for the all-in-one start.
import type { Bus } from '../ports/bus.ts'
import { createListeners } from './listeners.ts'

/** Delivers in order, after the publisher's current step. */
export function createMemoryBus(): Bus {
  const listeners = createListeners()
  return {
    publish: (conversationId, message) => queueMicrotask(() => listeners.deliver(conversationId, message)),
    subscribe: async (conversationId, listener) => {
      const own: typeof listener = (message) => listener(message)
      listeners.add(conversationId, own)
      return () => void listeners.remove(conversationId, own)
    },
  }
}
