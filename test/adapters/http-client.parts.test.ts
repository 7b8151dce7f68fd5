import { createServer } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpClient } from '../../src/adapters/http-client.ts'
import type { HttpCall } from '../../src/ports/systems.ts'
import { caught } from '../support/caught.ts'
import type { Answer, Loopback } from '../support/loopback.ts'
import { json, startLoopback } from '../support/loopback.ts'

const open: Loopback[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
async function serve(answer: Answer): Promise<Loopback> {
  const server = await startLoopback(answer)
  open.push(server)
  return server
}
const http = createHttpClient()
const get = (url: string, more: Partial<HttpCall> = {}): Promise<unknown> =>
  http.call({ dependency: 'orders', method: 'GET', url, timeout: 2000, ...more })
const failure = (type: string, ambiguous: boolean, retryAfter?: number) => ({
  type: `BackendError.${type}`,
  dependency: 'orders',
  ambiguous,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

describe('an answer', () => {
  test('is JSON, to a request with its body and headers, over connections kept alive', async () => {
    const sockets = new Set<number | undefined>()
    const server = await serve((request, response, raw) => {
      sockets.add(raw.socket.remotePort)
      json(response, 201, { got: request.body === '' ? null : JSON.parse(request.body) })
    })
    const call = { method: 'POST' as const, body: { a: 'ü' }, headers: { 'idempotency-key': 'k1' } }
    expect(await get(`${server.url}/x?y=1`, call)).toEqual({ status: 201, body: { got: { a: 'ü' } } })
    expect(await get(server.url)).toEqual({ status: 201, body: { got: null } })
    const [first] = server.requests
    expect([first?.method, first?.path, first?.headers['idempotency-key'], first?.headers['content-type']]).toEqual([
      'POST',
      '/x?y=1',
      'k1',
      'application/json',
    ])
    for (let more = 0; more < 8; more += 1) await get(server.url)
    // fetch frees a connection a moment after its answer, so two take turns.
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  test('may be empty, and may have a status that the caller takes for an answer', async () => {
    const server = await serve((request, response) => {
      if (request.path === '/empty') response.writeHead(204).end()
      else json(response, 404, { error: 'no such order' })
    })
    expect(await get(`${server.url}/empty`)).toEqual({ status: 204, body: null })
    expect(await get(server.url, { accept: [404] })).toEqual({ status: 404, body: { error: 'no such order' } })
  })
})

describe('a failure', () => {
  test.each([
    [429, { 'retry-after': '3' }, failure('RateLimited', false, 3000)],
    [500, {}, failure('Unavailable', true)],
    [503, { 'retry-after': '1' }, failure('Unavailable', true, 1000)],
    [400, {}, failure('Refused', false)],
    [404, {}, failure('Refused', false)],
    [408, {}, failure('Timeout', true)],
    [302, { location: 'http://127.0.0.1:1/' }, failure('Malformed', true)],
  ])('with status %i has its one meaning', async (status, headers, expected) => {
    const server = await serve((_, response) => json(response, status, {}, headers))
    expect(await caught(get(server.url))).toEqual(expected)
    expect(server.requests).toHaveLength(1)
  })

  test.each(['<html>502</html>', '{"a":', '['.repeat(70) + ']'.repeat(70)])(
    'is an answer that is no usable JSON: %s',
    async (body) => {
      const server = await serve((_, response) => response.end(body))
      expect(await caught(get(server.url))).toEqual(failure('Malformed', true))
    },
  )

  test('is an accepted status with the page of some proxy', async () => {
    const server = await serve((_, response) => response.writeHead(404).end('<h1>Not found</h1>'))
    expect(await caught(get(server.url, { accept: [404] }))).toEqual(failure('Malformed', true))
  })

  test('is an answer of more than 5 MB, which is not read to its end', async () => {
    const server = await serve((_, response) => {
      const chunk = `"${'x'.repeat(64 * 1024)}"`
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', write)
      }
      write()
    })
    expect(await caught(get(server.url))).toEqual(failure('Malformed', true))
  })

  test('before anything was sent is unambiguous', async () => {
    const server = await startLoopback(() => undefined)
    await server.close()
    expect(await caught(get(server.url))).toEqual(failure('Unavailable', false))
    expect(await caught(get('http://name.invalid/'))).toEqual(failure('Unavailable', false))
    expect(await caught(get(server.url, { headers: { bad: 'a\nb' } }))).toEqual({
      type: 'InternalError',
      dependency: 'orders',
      ambiguous: false,
    })
  })

  test('after sending may have had its effect', async () => {
    const dropped = await serve((_, __, raw) => raw.socket.destroy())
    expect(await caught(get(dropped.url, { method: 'POST', body: {} }))).toEqual(failure('Unavailable', true))
    const half = await serve((_, response, raw) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"a"')
      setTimeout(() => raw.socket.destroy(), 20)
    })
    expect(await caught(get(half.url))).toEqual(failure('Unavailable', true))
    const silent = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    expect(await caught(get(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`))).toEqual(
      failure('Unavailable', true),
    )
    silent.close()
    await once(silent, 'close')
  })

  test('to answer in time ends the call, also in the middle of the body', async () => {
    const silent = await serve(() => undefined)
    expect(await caught(get(silent.url, { timeout: 100 }))).toEqual(failure('Timeout', true))
    const slow = await serve((_, response) => void response.write('{"a":'))
    expect(await caught(get(slow.url, { timeout: 100 }))).toEqual(failure('Timeout', true))
  })

  test('by the caller’s wish is the caller’s own reason', async () => {
    const silent = await serve(() => undefined)
    const reason = new Error('taken over')
    const controller = new AbortController()
    const calling = caught(get(silent.url, { signal: controller.signal }))
    setTimeout(() => controller.abort(reason), 50)
    expect(await calling).toBe(reason)
    expect(await caught(get(silent.url, { signal: controller.signal }))).toBe(reason)
    expect(silent.requests).toHaveLength(1)
  })
})
