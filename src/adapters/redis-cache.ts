// Port Cache in Redis, shared by all processes. It fails open: without Redis it is empty and takes nothing.
import type { Cache } from '../ports/cache.ts'
import type { OnCacheLookup } from './cache-outcome.ts'
import { parsePlainJson } from './plain-json.ts'
import type { RedisConnection } from './redis.ts'

const MOST_OWED = 10_000

/** `prefix` stands before every key; default `everdesk:cache:`. */
export function createRedisCache(options: {
  connection: RedisConnection
  prefix?: string
  onLookup?: OnCacheLookup
}): Cache {
  const { redis } = options.connection
  const nameOf = (key: string): string => `${options.prefix ?? 'everdesk:cache:'}${key}`
  // Keys whose removal did not reach Redis. They are stale (somebody wrote), so they stay unread until it did.
  const owed = new Set<string>()

  const drop = async (key: string): Promise<void> => {
    owed.add(key)
    for (const oldest of owed) {
      if (owed.size <= MOST_OWED) break
      owed.delete(oldest)
    }
    if (redis.status === 'ready' && (await settled(redis.del(nameOf(key))))) owed.delete(key)
  }
  redis.on('ready', () => {
    for (const key of owed) void drop(key)
  })

  return {
    get: async (key) => {
      const found = redis.status === 'ready' && !owed.has(key) ? await settled(redis.get(nameOf(key))) : null
      options.onLookup?.('redis', found ? (found.value === null ? 'miss' : 'hit') : 'error')
      return typeof found?.value === 'string' ? parsePlainJson(found.value) : undefined
    },
    set: async (key, value, ttl) => {
      const milliseconds = Math.ceil(ttl)
      if (redis.status !== 'ready' || !(milliseconds > 0)) return
      if (await settled(redis.set(nameOf(key), JSON.stringify(value), 'PX', milliseconds))) owed.delete(key)
    },
    drop,
  }
}

/** The command's answer, or null when Redis did not answer. */
const settled = <T>(command: Promise<T>): Promise<{ value: T } | null> =>
  command.then(
    (value) => ({ value }),
    () => null,
  )
