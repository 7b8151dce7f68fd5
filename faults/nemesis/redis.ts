// Redis dies and comes back empty, is emptied, or answers nothing for a while. It may never cost more than speed.
import type { RedisProcess } from '../../stack/redis.ts'
import type { Fault } from './ground.ts'

/** `strike` returns what makes it whole again. */
const onRedis = (
  kind: string,
  lasts: readonly [number, number],
  strike: (redis: RedisProcess) => Promise<() => Promise<void>>,
): Fault => ({
  kind,
  lane: 'parts',
  weight: 1,
  lasts,
  async strike({ stack: { redis } }) {
    if (!redis) throw new Error('this run has no Redis')
    return { target: 'redis', heal: await strike(redis) }
  },
})

export const redisStop = onRedis('redis-stop', [500, 3000], async (redis) => {
  await redis.kill()
  return () => redis.start()
})

export const redisFlush = onRedis('redis-flush', [0, 0], async (redis) => {
  await redis.flushAll()
  return async () => undefined
})

export const redisFreeze = onRedis('redis-freeze', [1000, 4000], async (redis) => {
  redis.freeze()
  return async () => redis.thaw()
})
