// Who listens to what, inside one process.
import type { BusMessage } from '../ports/bus.ts'

export type BusListener = (message: BusMessage) => void

export type Listeners = {
  /** True when it is the first one of the channel. */
  add(channel: string, listener: BusListener): boolean
  /** True when it was the last one of the channel. */
  remove(channel: string, listener: BusListener): boolean
  deliver(channel: string, message: BusMessage): void
  channels(): string[]
}

/** Each `add` needs a listener function of its own: the same one twice counts once. */
export function createListeners(): Listeners {
  const byChannel = new Map<string, Set<BusListener>>()
  return {
    add: (channel, listener) => {
      const listeners = byChannel.get(channel)
      if (!listeners) byChannel.set(channel, new Set([listener]))
      listeners?.add(listener)
      return !listeners
    },
    remove: (channel, listener) => {
      const listeners = byChannel.get(channel)
      if (!listeners?.delete(listener) || listeners.size > 0) return false
      return byChannel.delete(channel)
    },
    deliver: (channel, message) => {
      for (const listener of byChannel.get(channel) ?? []) {
        try {
          listener(message)
        } catch {
          // One reader's broken connection must not cost the others their hint.
        }
      }
    },
    channels: () => [...byChannel.keys()],
  }
}
