// Limits by person and tier, with their headers [T2].
import { afterEach, describe, expect, inject, test } from 'vitest'
import { Redis } from 'ioredis'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

const kind = databaseKinds().at(-1) ?? 'pglite'
const chloe = 'customer:cust_1003' // free: 10 messages an hour
const limits = (rateLimitScale: number) => ({ limits: { rateLimitScale, maxTurnsInFlight: 200, backlogLimit: 1000 } })

describe('rate limits', () => {
  let it: TestApi
  let redis: Redis | undefined
  afterEach(async () => {
    await it.stop()
    redis?.disconnect()
    redis = undefined
  })

  const begin = (id?: string) =>
    it.call('POST', '/v1/conversations', { as: chloe, body: { message: { ...(id ? { id } : {}), text: 'hello' } } })

  test('a hundred requests a minute and person, then 429 with the headers of the IETF draft (T2)', async () => {
    it = await startTestApi(kind, limits(1))
    const first = await it.call('GET', '/v1/conversations', { as: chloe })
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=100;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=99;t=(59|60)$/)
    const rest = await Promise.all(
      Array.from({ length: 100 }, () => it.call('GET', '/v1/conversations', { as: chloe })),
    )
    const refused = rest.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.body).toMatchObject({ code: 'rate_limited', status: 429 })
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused[0]?.headers.get('ratelimit')).toMatch(/r=0/)
    expect((await it.call('GET', '/v1/conversations', { as: 'customer:cust_1001' })).status).toBe(200)
    expect((await it.call('GET', '/livez')).headers.get('ratelimit')).not.toBeNull()
  })

  test('messages are counted by the hour and tier; repeats of an id are not (T2, P2)', async () => {
    it = await startTestApi(kind, limits(1))
    const repeats = await Promise.all(Array.from({ length: 50 }, () => begin('same')))
    expect(new Set(repeats.map(({ status }) => status))).toEqual(new Set([201]))
    for (let count = 1; count < 10; count += 1) expect((await begin(`m${count}`)).status).toBe(201)
    const over = await begin('m10')
    expect([over.status, over.body.code]).toEqual([429, 'rate_limited'])
    expect(over.headers.get('ratelimit-policy')).toBe('"requests";q=100;w=60, "messages";q=10;w=3600')
    expect(over.headers.get('ratelimit')).toMatch(/"messages";r=0;t=\d+/)
    expect((await begin('m10')).status).toBe(429)
    expect((await begin('same')).status).toBe(201)
    expect((await begin()).status).toBe(429)
  })

  test.runIf(inject('redisUrl') !== '')(
    'two processes share their counts by Redis, and go on when it is away (T2)',
    async () => {
      redis = new Redis(inject('redisUrl'), { maxRetriesPerRequest: 0, enableOfflineQueue: false })
      redis.on('error', () => undefined)
      await expect.poll(() => redis?.status).toBe('ready')
      const keys = await redis.keys('everdesk:default:limit:*')
      if (keys.length > 0) await redis.del(keys)
      it = await startTestApi(kind, { ...limits(1), redis })
      const one = await it.call('GET', '/v1/conversations', { as: chloe })
      const other = await startTestApi(kind, { ...limits(1), redis })
      const two = await other.call('GET', '/v1/conversations', { as: chloe })
      await other.stop()
      expect(one.headers.get('ratelimit')).toMatch(/r=99/)
      expect(two.headers.get('ratelimit')).toMatch(/r=98/)
      redis.disconnect()
      expect((await it.call('GET', '/v1/conversations', { as: chloe })).status).toBe(200)
    },
  )
})
