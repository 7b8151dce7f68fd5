import { Redis } from 'ioredis'

/** Redis does not answer at start; the message says what to do and holds no password. */
export class RedisUnreachable extends Error {
  override name = 'RedisUnreachable'
}

/** Asks Redis once, so that a wrong REDIS_URL is one clear line at start. Throws RedisUnreachable. */
export async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let reason = 'no answer'
  redis.on('error', (error: Error) => {
    reason = error.message
  })
  try {
    await redis.connect()
    await redis.ping()
  } catch (error) {
    const failure = error instanceof Error && reason === 'no answer' ? error.message : reason
    throw new RedisUnreachable(
      `Redis does not answer at REDIS_URL (${new URL(url).host}): ${failure}. Start it, correct REDIS_URL, or unset it.`,
      { cause: error },
    )
  } finally {
    redis.disconnect()
  }
}
