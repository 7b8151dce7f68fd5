// What the tests on real parts find: the servers of this machine that answer, and the Temporal that global-setup.ts started.
import { Redis } from 'ioredis'
import { Client } from 'pg'

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of the dev server that all tests share. */
    temporalAddress: string
    /** Path of the `temporal` CLI, for tests that start a server of their own. */
    temporalExecutable: string
    /** URL of the machine's PostgreSQL (its maintenance database); empty when it does not answer. */
    postgresUrl: string
    /** A fresh embedded database to copy: making one takes two seconds, copying half a second. */
    pgliteTemplate: string
    /** URL of the machine's Redis; empty when it does not answer. */
    redisUrl: string
  }
}

/** URL of a PostgreSQL on 127.0.0.1:5432 that lets us in without a password and create databases; empty when there is none. */
export async function findPostgres(): Promise<string> {
  for (const user of ['postgres', 'root']) {
    const url = `postgres://${user}@127.0.0.1:5432/postgres`
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    try {
      await client.connect()
      const { rows } = await client.query(
        'select rolcreatedb or rolsuper as able from pg_roles where rolname = current_user',
      )
      if (rows[0]?.able === true) return url
    } catch {
      // Not this one.
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return ''
}

/** URL of a Redis on 127.0.0.1:6379; empty when there is none. */
export async function findRedis(): Promise<string> {
  const url = 'redis://127.0.0.1:6379'
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    await redis.ping()
    return url
  } catch {
    return ''
  } finally {
    redis.disconnect()
  }
}
