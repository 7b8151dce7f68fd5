import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { connectRedis } from '../../src/adapters/redis.ts'
import type { RedisConnection } from '../../src/adapters/redis.ts'
import { createRedisBus } from '../../src/adapters/redis-bus.ts'
import { createRedisCache } from '../../src/adapters/redis-cache.ts'
import type { BusMessage } from '../../src/ports/bus.ts'
import { openLine } from '../../stack/line.ts'
import type { RedisProcess } from '../../stack/redis.ts'
import { hasRedisServer, ownRedis } from '../../stack/redis.ts'

const hint = (seq: number): BusMessage => ({ kind: 'events', seq, floor: 1 })
const DELTA: BusMessage = { kind: 'delta', turn: 1, attempt: 2, floor: 3, message_id: 'm', text: 'Grüß dich 😀' }

describe.skipIf(!hasRedisServer())('on a real Redis', () => {
  let server: RedisProcess
  let connections: RedisConnection[] = []
  let errors: string[] = []
  let ends: (() => void)[] = []

  const connect = (): RedisConnection => {
    const connection = connectRedis(server.url, { onError: (code) => errors.push(code) })
    connections.push(connection)
    return connection
  }
  const bus = (tenant = 'main') => {
    const made = createRedisBus({ connection: connect(), tenant })
    ends.push(() => made.close())
    return made
  }
  const ready = () =>
    vi.waitFor(() => expect(connections.map(({ redis }) => redis.status)).not.toContain('connecting'), 5000)
  const redisReady = () =>
    vi.waitFor(() => expect(new Set(connections.map(({ redis }) => redis.status))).toEqual(new Set(['ready'])), 8000)

  beforeAll(async () => {
    server = await ownRedis()
  })
  beforeEach(async () => {
    connections = []
    errors = []
    ends = []
    await server.start()
  })
  afterEach(async () => {
    server.thaw()
    for (const end of ends) end()
    for (const connection of connections) connection.close()
    // `reconnecting` without a timer is how ioredis ends when it was not connected.
    const isOpen = ({ redis }: RedisConnection): boolean => !['end', 'reconnecting'].includes(redis.status)
    await vi.waitFor(() => {
      if (connections.some(isOpen)) throw new Error('a connection is still open')
    })
    await server.kill()
  })
  afterAll(() => server.kill())

  test('hints reach the listeners of that conversation in other processes, in order, until they stop', async () => {
    const [one, two] = [bus(), bus()]
    await ready()
    await redisReady()
    const heard: BusMessage[] = []
    const stop = await two.subscribe('a', (message) => heard.push(message))
    const stopAgain = await two.subscribe('a', () => undefined)
    await two.subscribe('b', () => {
      throw new Error('a bad listener')
    })
    one.publish('a', hint(1))
    one.publish('b', hint(9))
    one.publish('a', DELTA)
    await vi.waitFor(() => expect(heard).toEqual([hint(1), DELTA]))
    const { redis } = connect()
    await redisReady()
    await redis.publish('everdesk:main:a', 'not a hint')
    expect(await redis.pubsub('CHANNELS', 'everdesk:*')).toEqual(
      expect.arrayContaining(['everdesk:main:a', 'everdesk:main:b']),
    )
    stop()
    expect(await redis.pubsub('NUMSUB', 'everdesk:main:a')).toEqual(['everdesk:main:a', 1])
    stopAgain()
    await vi.waitFor(async () =>
      expect(await redis.pubsub('NUMSUB', 'everdesk:main:a')).toEqual(['everdesk:main:a', 0]),
    )
    one.publish('a', hint(2))
    await redis.ping()
    expect(heard).toHaveLength(2)
  })

  test('one tenant hears nothing of another', async () => {
    const [one, two] = [bus('one'), bus('two')]
    await redisReady()
    const heard: BusMessage[] = []
    await two.subscribe('a', (message) => heard.push(message))
    one.publish('a', hint(1))
    two.publish('a', hint(2))
    await vi.waitFor(() => expect(heard).toEqual([hint(2)]))
  })

  test('subscriptions from before and during an outage work again by themselves after it', async () => {
    const [one, two] = [bus(), bus()]
    await redisReady()
    const heard: string[] = []
    await two.subscribe('a', () => heard.push('before'))
    await server.kill()
    await vi.waitFor(() => expect(connections[1]?.redis.status).not.toBe('ready'))
    await two.subscribe('b', () => heard.push('during'))
    const stop = await two.subscribe('c', () => heard.push('stopped'))
    one.publish('a', hint(1))
    stop()
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0))
    await server.start()
    await vi.waitFor(
      () => {
        one.publish('a', hint(2))
        one.publish('b', hint(3))
        one.publish('c', hint(4))
        expect(new Set(heard)).toEqual(new Set(['before', 'during']))
      },
      { timeout: 8000, interval: 100 },
    )
    // One line for each connection.
    expect(errors.length).toBeLessThanOrEqual(4)
  })

  test('without Redis from the start nothing throws, hangs or floods the log', async () => {
    await server.kill()
    const made = bus()
    const cache = createRedisCache({ connection: connect() })
    await made.subscribe('a', () => undefined)
    made.publish('a', hint(1))
    await cache.set('k', 1, 1000)
    expect(await cache.get('k')).toBeUndefined()
    await cache.drop('k')
    await new Promise((resolve) => setTimeout(resolve, 700))
    // One line for each connection: the publisher, its subscriber, the cache.
    expect(errors.length).toBeLessThanOrEqual(3)
  })

  test('with a Redis that answers nothing any more nothing hangs', async () => {
    const made = bus()
    const cache = createRedisCache({ connection: connect() })
    await redisReady()
    await cache.set('k', 1, 60_000)
    server.freeze()
    for (let seq = 0; seq < 2000; seq += 1) made.publish('a', hint(seq))
    await made.subscribe('a', () => undefined)
    expect(await cache.get('k')).toBeUndefined()
    await cache.set('k', 2, 60_000)
    server.thaw()
    await redisReady()
    await vi.waitFor(async () => expect(await cache.get('k')).toBeDefined())
  })

  test('with a Redis that is gone without a word new connections are made, and hints flow again', async () => {
    const line = await openLine({ host: '127.0.0.1', port: Number(new URL(server.url).port) })
    ends.push(() => void line.close())
    const through = () => {
      const connection = connectRedis(`redis://127.0.0.1:${line.port}`)
      connections.push(connection)
      return connection
    }
    const made = createRedisBus({ connection: through(), tenant: 'main' })
    ends.push(() => made.close())
    const cache = createRedisCache({ connection: through() })
    const heard: BusMessage[] = []
    await redisReady()
    await made.subscribe('a', (message) => heard.push(message))
    line.spoil({ kind: 'half-open' })
    line.mend()
    await vi.waitFor(
      async () => {
        made.publish('a', hint(1))
        await cache.set('k', 1, 60_000)
        expect(await cache.get('k')).toBe(1)
        expect(heard.length).toBeGreaterThan(0)
      },
      { timeout: 30_000, interval: 200 },
    )
  })

  test('the cache keeps values for their time and counts what it is asked', async () => {
    const seen: string[] = []
    const cache = createRedisCache({
      connection: connect(),
      onLookup: (tier, outcome) => seen.push(`${tier} ${outcome}`),
    })
    expect(await cache.get('a')).toBeUndefined()
    await redisReady()
    await cache.set('a', { list: [1, 'ü'] }, 60_000)
    await cache.set('short', null, 20)
    await cache.set('none', 1, 0)
    expect([await cache.get('a'), await cache.get('short'), await cache.get('none')]).toEqual([
      { list: [1, 'ü'] },
      null,
      undefined,
    ])
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(await cache.get('short')).toBeUndefined()
    await cache.drop('a')
    expect(await cache.get('a')).toBeUndefined()
    expect(seen).toEqual(['redis error', 'redis hit', 'redis hit', 'redis miss', 'redis miss', 'redis miss'])
  })

  test('a value dropped while Redis was away is not read after its return', async () => {
    const connection = connect()
    const cache = createRedisCache({ connection })
    const other = createRedisCache({ connection: connect() })
    await redisReady()
    await cache.set('a', 'stale', 60_000)
    connection.redis.disconnect(true)
    await cache.drop('a')
    expect(await cache.get('a')).toBeUndefined()
    await redisReady()
    expect(await cache.get('a')).toBeUndefined()
    await vi.waitFor(async () => expect(await other.get('a')).toBeUndefined())
    await cache.set('a', 'fresh', 60_000)
    expect(await cache.get('a')).toBe('fresh')
  })
})
