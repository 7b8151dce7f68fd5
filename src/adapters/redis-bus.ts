// Port Bus over Redis. One connection hears all channels of this process; a channel is subscribed while somebody listens.
import type { Bus } from '../ports/bus.ts'
import { readBusMessage } from './bus-message.ts'
import { createListeners } from './listeners.ts'
import type { RedisConnection } from './redis.ts'

// A stalled Redis keeps every unanswered command in memory; beyond this many, hints are dropped.
const MOST_UNANSWERED = 1000
const PING_EVERY = 5000

/** `close` ends the subscriber; the publishing connection stays the caller's. */
export function createRedisBus(options: { connection: RedisConnection; tenant: string }): Bus & { close(): void } {
  const { connection, tenant } = options
  const subscriber = connection.duplicate()
  const listeners = createListeners()
  const channelOf = (conversationId: string): string => `everdesk:${tenant}:${conversationId}`
  let unanswered = 0

  subscriber.redis.on('message', (channel: string, text: string) => {
    const message = readBusMessage(text)
    if (message) listeners.deliver(channel, message)
  })
  // Also the first time: whoever subscribed before the connection stood is subscribed now.
  subscriber.redis.on('ready', () => {
    const channels = listeners.channels()
    if (channels.length > 0) void settle(subscriber.redis.subscribe(...channels))
  })
  // A subscriber only listens, so it would never notice that the other end is gone without a word.
  const pinging = setInterval(() => {
    if (subscriber.redis.status !== 'ready') return
    subscriber.redis.ping().catch(() => subscriber.redis.disconnect(true))
  }, PING_EVERY)
  pinging.unref()

  return {
    publish: (conversationId, message) => {
      if (connection.redis.status !== 'ready' || unanswered >= MOST_UNANSWERED) return
      unanswered += 1
      void settle(connection.redis.publish(channelOf(conversationId), JSON.stringify(message))).then(() => {
        unanswered -= 1
        return undefined
      })
    },
    subscribe: async (conversationId, listener) => {
      const channel = channelOf(conversationId)
      const own: typeof listener = (message) => listener(message)
      const first = listeners.add(channel, own)
      // A later listener also waits, so that it too is heard from the moment this returns. Repeating SUBSCRIBE is harmless.
      if (subscriber.redis.status === 'ready') {
        // Not heard of in time though connected: a fresh connection subscribes everything again.
        if (!(await settle(subscriber.redis.subscribe(channel))) && first) subscriber.redis.disconnect(true)
      }
      return () => {
        const last = listeners.remove(channel, own)
        if (last && subscriber.redis.status === 'ready') void settle(subscriber.redis.unsubscribe(channel))
      }
    },
    close: () => {
      clearInterval(pinging)
      subscriber.close()
    },
  }
}

/** True when it worked. The bus is only a hint, so nobody hears of a failure. */
const settle = (command: Promise<unknown>): Promise<boolean> =>
  command.then(
    () => true,
    () => false,
  )
