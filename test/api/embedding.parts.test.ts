// Which pages of other origins may ask the API: those named in EMBED_ORIGINS, by their exact origin, and without credentials (L1).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

const shop = 'https://shop.example'

describe('pages of other origins', () => {
  let it: TestApi
  beforeAll(async () => {
    const web = { consoleClientId: 'everdesk-console', chatClientId: 'everdesk-chat', embedOrigins: [shop] }
    it = await startTestApi(databaseKinds()[0] ?? 'pglite', { web })
  })
  afterAll(() => it.stop())

  const preflight = (origin: string, path: string) =>
    it.call('OPTIONS', path, {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })

  test('a named origin may ask with a token, and reads the headers it needs', async () => {
    const asked = await preflight(shop, '/v1/conversations')
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe(shop)
    expect(asked.headers.get('access-control-allow-headers')).toContain('Last-Event-ID')
    const { status, headers } = await it.call('POST', '/v1/guests', { headers: { origin: shop } })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([201, shop])
    expect(headers.get('access-control-expose-headers')).toContain('Retry-After')
    expect(headers.get('vary')).toContain('Origin')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    const problem = await it.call('GET', '/v1/conversations', { headers: { origin: shop } })
    expect([problem.status, problem.headers.get('access-control-allow-origin')]).toEqual([401, shop])
    const settings = await it.call('GET', '/web/config.json', { headers: { origin: shop } })
    expect(settings.headers.get('access-control-allow-origin')).toBe(shop)
  })

  test.each(['https://shop.example.evil', 'http://shop.example', 'https://shop.example:444', 'null'])(
    '%s is not named and gets no header, nor does any page beside /v1',
    async (origin) => {
      for (const path of ['/v1/conversations', '/web/config.json', '/chat']) {
        const { status, headers } = await preflight(origin, path)
        expect(status).not.toBe(204)
        expect(headers.get('access-control-allow-origin')).toBeNull()
      }
      const { headers } = await it.call('POST', '/v1/guests', { headers: { origin } })
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('vary')).toContain('Origin')
      expect((await preflight(shop, '/chat')).headers.get('access-control-allow-origin')).toBeNull()
    },
  )
})
