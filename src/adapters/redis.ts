// The one way to Redis. It may be away at any time: nobody waits for it, commands fail at once, and it is tried again by itself.
import { Redis } from 'ioredis'

export type RedisConnection = {
  redis: Redis
  /** A second connection with the same settings; a subscriber needs its own. */
  duplicate(): RedisConnection
  /** Cuts the connection for good. Nothing it carries is worth waiting for. */
  close(): void
}
export type RedisOptions = {
  /** Hears at most once a minute that Redis is not reachable, with the error's code; default: nothing. */
  onError?: (code: string) => void
}

const QUIET = 60_000

/** Returns at once, connected or not. */
export function connectRedis(url: string, options: RedisOptions = {}): RedisConnection {
  return wrap(
    new Redis(url, {
      // Without these a command waits for a Redis that may not come back.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
      connectTimeout: 2000,
      // A Redis that is gone without a word: the connection is given up and made anew.
      socketTimeout: 2000,
      // redis-bus restores its subscriptions itself: ioredis knows only those that once succeeded.
      autoResubscribe: false,
      retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), 2000),
    }),
    options,
  )
}

function wrap(redis: Redis, options: RedisOptions): RedisConnection {
  let quietUntil = 0
  redis.on('error', (error: Error & { code?: string }) => {
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + QUIET
    options.onError?.(error.code ?? error.name)
  })
  return {
    redis,
    duplicate: () => wrap(redis.duplicate(), options),
    close: () => redis.disconnect(),
  }
}
