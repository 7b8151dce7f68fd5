// Bad input is answered with a problem and never with a 5xx (T3).
import { request as httpRequest } from 'node:http'
import { assert, asyncProperty, constantFrom, jsonValue, string } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

const ada = 'customer:cust_1001'
const kind = databaseKinds().at(-1) ?? 'pglite'

describe('hostile input', () => {
  let it: TestApi
  let id = ''
  beforeAll(async () => {
    it = await startTestApi(kind)
    const { body } = await it.call('POST', '/v1/conversations', { as: ada, body: { message: { text: 'hello' } } })
    id = body.conversation.id
  })
  afterAll(() => it.stop())

  const send = (raw: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
    it.call('POST', '/v1/conversations', { as: ada, raw, headers })
  const json = (value: unknown) => send(JSON.stringify(value))
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const text = (value: string) => json({ message: { text: value } })

  const table: [string, () => Promise<{ status: number; body: unknown }>, number, string][] = [
    ['no JSON', () => send('{"message":'), 400, 'malformed'],
    ['an empty body', () => send(''), 400, 'malformed'],
    ['bytes that are not UTF-8', () => send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400, 'malformed'],
    ['another content type', () => send('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    [
      'another charset',
      () => send('{}', { 'content-type': 'application/json; charset=utf-16' }),
      415,
      'unsupported_media_type',
    ],
    ['a compressed body', () => send('{}', { 'content-encoding': 'gzip' }), 415, 'unsupported_media_type'],
    ['257 KiB', () => send(JSON.stringify({ message: { text: 'x'.repeat(257 * 1024) } })), 413, 'too_large'],
    ['2 MB', () => send('x'.repeat(2_000_000)), 413, 'too_large'],
    ['33 levels', () => send(`{"message":${deep(32)}}`), 422, 'invalid_request'],
    ['120,000 levels', () => send(deep(120_000)), 422, 'invalid_request'],
    ['120,000 open levels', () => send('['.repeat(120_000)), 400, 'malformed'],
    ['an unknown field', () => json({ message: { text: 'x' }, admin: true }), 422, 'invalid_request'],
    ['an unknown inner field', () => json({ message: { text: 'x', role: 'ai' } }), 422, 'invalid_request'],
    ['the key __proto__', () => send('{"__proto__":{"a":1},"message":{"text":"x"}}'), 422, 'invalid_request'],
    [
      '__proto__ in metadata',
      () => send('{"metadata":{"__proto__":"x"},"message":{"text":"x"}}'),
      422,
      'invalid_request',
    ],
    ['NUL in a text', () => text('a\0b'), 422, 'invalid_request'],
    ['a lone surrogate in a text', () => send('{"message":{"text":"\\ud800"}}'), 422, 'invalid_request'],
    [
      'a lone surrogate in metadata',
      () => send('{"metadata":{"a":"\\udc00"},"message":{"text":"x"}}'),
      422,
      'invalid_request',
    ],
    ['an empty text', () => text(''), 422, 'invalid_request'],
    ['6,000 characters', () => text('x'.repeat(6000)), 422, 'invalid_request'],
    ['5,001 code points', () => text('😀'.repeat(5001)), 422, 'invalid_request'],
    ['a number as text', () => json({ message: { text: 5 } }), 422, 'invalid_request'],
    ['null', () => json(null), 422, 'invalid_request'],
    ['a list', () => json([]), 422, 'invalid_request'],
    ['a bad id', () => json({ message: { id: 'a b', text: 'x' } }), 422, 'invalid_request'],
    ['an id of 65 characters', () => json({ message: { id: 'a'.repeat(65), text: 'x' } }), 422, 'invalid_request'],
    ['an unknown desk', () => json({ desk: '__proto__', message: { text: 'x' } }), 422, 'invalid_request'],
    ['an unknown time zone', () => json({ time_zone: 'Moon/Base', message: { text: 'x' } }), 422, 'invalid_request'],
    ['a bad locale', () => json({ locale: '../../etc', message: { text: 'x' } }), 422, 'invalid_request'],
    ['an unknown channel', () => json({ channel: 'pigeon', message: { text: 'x' } }), 422, 'invalid_request'],
    [
      '17 metadata entries',
      () =>
        json({
          metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'x'])),
          message: { text: 'x' },
        }),
      422,
      'invalid_request',
    ],
    [
      'a bad Idempotency-Key',
      () => send('{"message":{"text":"x"}}', { 'idempotency-key': 'a b' }),
      422,
      'invalid_request',
    ],
    [
      'a huge Last-Event-ID',
      () =>
        it.call('GET', `/v1/conversations/${id}/events`, { as: ada, headers: { 'last-event-id': '9'.repeat(400) } }),
      422,
      'invalid_request',
    ],
    [
      'a negative after',
      () => it.call('GET', `/v1/conversations/${id}/events?after=-1`, { as: ada }),
      422,
      'invalid_request',
    ],
    ['NUL in a path', () => it.call('GET', '/v1/conversations/%00', { as: ada }), 404, 'not_found'],
    ['broken percent-encoding', () => it.call('GET', '/v1/conversations/%ff', { as: ada }), 404, 'not_found'],
    ['half an encoding', () => it.call('GET', '/v1/conversations/%', { as: ada }), 404, 'not_found'],
    ['__proto__ as id', () => it.call('GET', '/v1/conversations/__proto__', { as: ada }), 404, 'not_found'],
    ['an unknown route', () => it.call('GET', '/v1/nothing', { as: ada }), 404, 'not_found'],
    ['an unknown page', () => it.call('GET', '/wp-admin.php'), 404, 'not_found'],
    ['a wrong method', () => it.call('DELETE', `/v1/conversations/${id}`, { as: ada }), 405, 'method_not_allowed'],
    ['NUL in a filter', () => it.call('GET', '/v1/audit?actor=%00', { as: 'admin:a' }), 422, 'invalid_request'],
    ['a card number as id', () => json({ message: { id: '4111111111111111', text: 'x' } }), 422, 'invalid_request'],
    ['__proto__ as filter', () => it.call('GET', '/v1/conversations?__proto__=1', { as: ada }), 422, 'invalid_request'],
    [
      'constructor as filter',
      () => it.call('GET', '/v1/conversations?constructor=1', { as: ada }),
      422,
      'invalid_request',
    ],
    [
      'a filter with brackets',
      () => it.call('GET', '/v1/conversations?status[$ne]=x', { as: ada }),
      422,
      'invalid_request',
    ],
    ['no token', () => it.call('GET', '/v1/conversations'), 401, 'unauthenticated'],
    [
      'a token that is none',
      () => it.call('GET', '/v1/conversations', { headers: { authorization: 'Bearer abc' } }),
      401,
      'unauthenticated',
    ],
    [
      'an unsigned token',
      () => it.call('GET', '/v1/conversations', { headers: { authorization: `Bearer ${unsigned}` } }),
      401,
      'unauthenticated',
    ],
  ]
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'cust_1001', role: 'admin', aud: 'everdesk', exp: 9e9 })}.`

  test.each(table)('%s is refused with its code (T3)', async (_name, attempt, status, code) => {
    const answer = await attempt()
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code])
    expect(answer.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
    })
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|SELECT|stack/i)
  })

  test('problems are application/problem+json and point at the field (T3)', async () => {
    const { headers, body } = await json({ message: { text: '' }, extra: 1 })
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(body.errors.map((error: { pointer: string }) => error.pointer).toSorted()).toEqual([
      '/extra',
      '/message/text',
    ])
  })

  test('exactly 5,000 code points outside the basic plane are accepted', async () => {
    expect((await text('😀'.repeat(5000))).status).toBe(201)
  })

  test('2 MB in chunks without a length are refused, and the client sees the answer (T3)', async () => {
    const token = await it.token('customer', 'cust_1001')
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        `${it.url}/v1/conversations`,
        { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      request.on('error', reject)
      for (let count = 0; count < 32; count += 1) request.write('x'.repeat(65_536))
      request.end()
    })
    expect(status).toBe(413)
  })

  test('hostile headers are never a 5xx (T3)', async () => {
    for (const headers of [
      { prefer: 'wait=99999999999999999999' },
      { prefer: ';;;,,,=wait="' },
      { prefer: 'wait=-1' },
      { 'x-request-id': 'a"\\{}<script>' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${'a'.repeat(9000)}` },
      { accept: 'image/png' },
      { 'last-event-id': 'NaN' },
      { host: 'evil.test' },
    ] as Record<string, string>[]) {
      const { status } = await it.call('GET', `/v1/conversations/${id}`, { as: ada, headers })
      expect(status).toBeLessThan(500)
    }
  })

  test('no JSON value and no path whatever makes a 5xx (T3)', async () => {
    const paths = ['/v1/conversations', `/v1/conversations/${id}/messages`, `/v1/conversations/${id}/close`]
    await assert(
      asyncProperty(constantFrom(...paths), jsonValue(), string({ unit: 'binary' }), async (path, value, word) => {
        const wild = { message: { text: word, id: word }, metadata: { [word]: word }, value }
        for (const body of [value, wild, { text: word }]) {
          const answer = await it.call('POST', path, { as: ada, body })
          expect(answer.status).toBeLessThan(500)
        }
        const query = await it.call('GET', `/v1/conversations?cursor=${encodeURIComponent(word.toWellFormed())}`, {
          as: ada,
        })
        expect(query.status).toBeLessThan(500)
      }),
      { numRuns: 60 },
    )
  })
})
