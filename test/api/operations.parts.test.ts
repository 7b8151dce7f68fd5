// Probes, documents, faults and shutdown: N4, O4 and the contract's promises about dependencies that are away.
import { createServer as createTcpServer, connect, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/postgres.ts'
import type { Tables } from '../../src/kernel/tables.ts'
import { takeNext } from '../../src/kernel/take-next.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { openStream } from '../support/sse.ts'
import { until } from '../support/until.ts'

const kind = databaseKinds().at(-1) ?? 'pglite'
const ada = 'customer:cust_1001'
const hello = { as: ada, body: { message: { text: 'hello' } } }

describe('operation', () => {
  let it: TestApi
  const closing: (() => Promise<unknown> | void)[] = []
  afterEach(async () => {
    await it.stop()
    for (const close of closing.splice(0)) await close()
  })

  test('readyz names every dependency, and metrics and version answer (O4, O1)', async () => {
    it = await startTestApi(kind)
    await it.call('POST', '/v1/conversations', hello)
    const ready = await it.call('GET', '/readyz')
    expect([ready.status, ready.body]).toEqual([
      200,
      { status: 'ready', dependencies: { store: 'ok', temporal: 'ok', redis: 'not_used', issuer: 'ok' } },
    ])
    expect((await it.call('GET', '/livez')).status).toBe(200)
    expect((await it.call('GET', '/version')).body).toEqual({ name: 'everdesk', version: '0.0.0-test' })
    // The bell is rung behind the answer.
    const body = await until(async () => {
      const { body } = await it.call('GET', '/metrics')
      return /everdesk_bells_total\{outcome="rung"\} 1/.test(String(body)) && body
    }, 'the bell is counted')
    expect(body).toMatch(/conversations_open\{status="open"\} 1/)
    expect(body).toMatch(/messages_overdue 0/)
  })

  test('the OpenAPI document is 3.1, has every route, and its references lead somewhere (T3)', async () => {
    it = await startTestApi(kind)
    const { body: document } = await it.call('GET', '/openapi.json')
    expect(document.openapi).toMatch(/^3\.1\./)
    const operations = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    )
    const one = '/v1/conversations/{conversation_id}'
    expect(operations.toSorted()).toEqual(
      [
        'get /v1/alerts',
        'get /v1/approvals',
        'get /v1/approvals/{approval_id}',
        'get /v1/audit',
        'get /v1/audit/verification',
        'get /v1/conversations',
        'get /v1/effects',
        'get /v1/handoffs',
        'get /v1/queue',
        'get /v1/queue/counts',
        'get /v1/queue/events',
        'get /v1/reports/summary',
        'get /v1/people',
        'post /v1/presence',
        'post /v1/guests',
        'post /v1/guests/claim',
        `get ${one}`,
        `get ${one}/events`,
        `get ${one}/customer-card`,
        `get ${one}/workspace`,
        `get ${one}/feedback`,
        `get ${one}/messages`,
        `get ${one}/messages/{message_id}`,
        'post /v1/conversations',
        'post /v1/approvals/{approval_id}/decision',
        'post /v1/effects/{effect_id}/ruling',
        'post /v1/handoffs/{handoff_id}/claim',
        'post /v1/handoffs/{handoff_id}/release',
        'post /v1/handoffs/{handoff_id}/seen',
        'post /v1/handoffs/{handoff_id}/transfer',
        `post ${one}/close`,
        `post ${one}/feedback`,
        `post ${one}/hand-back`,
        `post ${one}/messages`,
        `post ${one}/notes`,
        `post ${one}/rating`,
        `post ${one}/replies`,
      ].toSorted(),
    )
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      (match) => match[1] ?? '',
    )
    expect(references.length).toBeGreaterThan(10)
    for (const name of references) expect(document.components.schemas).toHaveProperty(name)
    const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (item) => Object.values(item).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('the reference page loads nothing from elsewhere and runs no script (T3)', async () => {
    it = await startTestApi(kind)
    const { status, body, headers } = await it.call('GET', '/docs')
    expect(status).toBe(200)
    expect(body).toContain('/v1/conversations/{conversation_id}/messages')
    expect(body).not.toMatch(/<script|https?:\/\/(?!json-schema)/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await it.call('GET', '/docs/style.css')).headers.get('content-type')).toMatch(/text\/css/)
  })

  test('with Temporal down messages are accepted, and the bells that failed are counted (N4)', async () => {
    it = await startTestApi(kind, {
      bells: { ring: () => Promise.reject(new Error('UNAVAILABLE')) },
      checks: { store: async () => undefined, temporal: () => Promise.reject(new Error('down')) },
    })
    expect((await it.call('POST', '/v1/conversations', hello)).status).toBe(201)
    const ready = await it.call('GET', '/readyz')
    expect([ready.status, ready.body.dependencies.temporal]).toEqual([200, 'down'])
    await expect
      .poll(async () => (await it.call('GET', '/metrics')).body)
      .toMatch(/everdesk_bells_total\{outcome="failed"\} 1/)
  })

  test('a bell that hangs for ever keeps no answer back (N3)', async () => {
    it = await startTestApi(kind, { bells: { ring: () => new Promise(() => undefined) } })
    expect((await it.call('POST', '/v1/conversations', hello)).status).toBe(201)
  })

  test('over the backlog limit new messages get 503 with Retry-After, and a repeat its first outcome (P1)', async () => {
    it = await startTestApi(kind, { limits: { rateLimitScale: 100, maxTurnsInFlight: 200, backlogLimit: 2 } })
    const begin = (id: string) =>
      it.call('POST', '/v1/conversations', { as: ada, body: { message: { id, text: 'x' } } })
    const first = await begin('one')
    await begin('two')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const over = await begin('three')
    expect([over.status, over.body.code, over.headers.get('retry-after')]).toEqual([
      503,
      'temporarily_unavailable',
      '30',
    ])
    expect((await begin('one')).body.conversation.id).toBe(first.body.conversation.id)
  })

  test('above the turns in flight the bell is left to the relay (rule 6)', async () => {
    it = await startTestApi(kind, { limits: { rateLimitScale: 100, maxTurnsInFlight: 1, backlogLimit: 100 } })
    const { body } = await it.call('POST', '/v1/conversations', hello)
    await expect.poll(() => it.rung.length).toBe(1)
    await takeNext(it.kernel, { conversationId: body.conversation.id, events: 1 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await it.call('POST', '/v1/conversations', hello)).status).toBe(201)
    await expect.poll(async () => (await it.call('GET', '/metrics')).body).toMatch(/outcome="left_to_relay"\} 1/)
    expect(it.rung).toHaveLength(1)
  })

  test('with the issuer away a token cannot be checked: 503, and readyz says which (T1)', async () => {
    it = await startTestApi(kind, { issuer: 'http://127.0.0.1:9/oidc' })
    const { status, body, headers } = await it.call('GET', '/v1/conversations', { as: ada })
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '2'])
    expect((await it.call('GET', '/readyz')).body.dependencies.issuer).toBe('down')
  })

  test('shutdown ends streams and waits, and finishes requests (N4)', async () => {
    it = await startTestApi(kind)
    const { body } = await it.call('POST', '/v1/conversations', hello)
    const authorization = `Bearer ${await it.token('customer', 'cust_1001')}`
    const stream = await openStream(`${it.url}/v1/conversations/${body.conversation.id}/events`, { authorization })
    const waiting = it.call('POST', '/v1/conversations', { ...hello, headers: { prefer: 'wait=30' } })
    await expect.poll(() => it.rung.length).toBe(2)
    const stopped = it.closeApi()
    expect((await waiting).status).toBe(201)
    await stream.ended
    await stopped
    await expect(fetch(`${it.url}/livez`)).rejects.toThrow('fetch failed')
  })

  test.runIf(kind === 'postgres')('with the store down: 503 and not ready, and back by itself (N4)', async () => {
    const outage = await startOutage()
    closing.push(() => outage.cut())
    it = await startTestApi(kind, {}, async (kernel, database) => {
      const url = new URL('url' in database.from ? database.from.url : '')
      url.port = String(outage.port)
      const proxied = await openDatabase<Tables>({ from: { url: url.href } })
      closing.push(() => proxied.close())
      return { ...kernel, db: proxied.db }
    })
    expect((await it.call('POST', '/v1/conversations', hello)).status).toBe(201)
    outage.cut()
    const { status, body, headers } = await it.call('POST', '/v1/conversations', hello)
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '2'])
    const ready = await it.call('GET', '/readyz')
    expect([ready.status, ready.body.dependencies.store]).toEqual([503, 'down'])
    await outage.mend()
    await expect.poll(async () => (await it.call('POST', '/v1/conversations', hello)).status).toBe(201)
  })
})

/** A TCP relay to the machine's PostgreSQL that can be cut and mended. */
async function startOutage() {
  const sockets = new Set<Socket>()
  let server: Server
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server = createTcpServer((client) => {
        const upstream = connect(5432, '127.0.0.1')
        for (const [from, to] of [
          [client, upstream],
          [upstream, client],
        ] as const) {
          sockets.add(from)
          from.on('error', () => to.destroy())
          from.on('close', () => to.destroy())
          from.pipe(to)
        }
      }).listen(port, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  const port = await listen(0)
  return {
    port,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    mend: () => listen(port),
  }
}
