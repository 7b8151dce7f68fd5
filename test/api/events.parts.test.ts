// The stream of events: P4 and rule 14, over real HTTP.
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addNote } from '../../src/kernel/add-note.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import type { BusMessage } from '../../src/ports/bus.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { openStream, type SseClient } from '../support/sse.ts'

const ada = 'customer:cust_1001'
const kind = databaseKinds().at(-1) ?? 'pglite'
const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe('events', () => {
  let it: TestApi
  const open: SseClient[] = []
  beforeAll(async () => {
    it = await startTestApi(kind)
  })
  afterAll(async () => {
    for (const stream of open) stream.close()
    await it.stop()
  })

  async function start() {
    const { body } = await it.call('POST', '/v1/conversations', { as: ada, body: { message: { text: 'hello' } } })
    return String(body.conversation.id)
  }
  async function follow(id: string, options: { query?: string; headers?: Record<string, string>; as?: string[] } = {}) {
    const [role = 'customer', sub = 'cust_1001'] = options.as ?? []
    const headers = { authorization: `Bearer ${await it.token(role, sub)}`, ...options.headers }
    const stream = await openStream(`${it.url}/v1/conversations/${id}/events${options.query ?? ''}`, headers)
    open.push(stream)
    return stream
  }
  const say = (id: string, text: string) =>
    it.call('POST', `/v1/conversations/${id}/messages`, { as: ada, body: { text } })
  const publish = (id: string, message: BusMessage) => it.kernel.bus.publish(id, message)
  const delta = (attempt: number, floor: number, text: string, turn = 1): BusMessage => ({
    kind: 'delta',
    turn,
    attempt,
    floor,
    message_id: `reply-${turn}`,
    text,
  })

  test('Last-Event-ID and after give every durable event once, in order, and then live ones (P4)', async () => {
    const id = await start()
    for (const text of ['two', 'three']) await say(id, text)
    const all = await follow(id, { headers: { 'last-event-id': '0' } })
    const some = await follow(id, { query: '?after=2' })
    await expect.poll(() => all.events.length).toBe(3)
    for (const text of ['four', 'five']) await say(id, text)
    await expect.poll(() => all.events.map((event) => event.id)).toEqual(['1', '2', '3', '4', '5'])
    await expect.poll(() => some.events.map((event) => event.id)).toEqual(['3', '4', '5'])
    expect(all.events[0]).toEqual({
      id: '1',
      name: 'message-accepted',
      data: {
        type: 'message-accepted',
        conversation_id: id,
        seq: 1,
        at: expect.any(String),
        message_id: expect.any(String),
      },
    })
  })

  test('without either the stream is live from now', async () => {
    const id = await start()
    const live = await follow(id)
    await say(id, 'next')
    await expect.poll(() => live.events.map((event) => event.id)).toEqual(['2'])
  })

  test('an event whose hint was lost arrives within two seconds (rule 14)', async () => {
    const id = await start()
    const stream = await follow(id)
    const silent = { ...it.kernel, bus: { ...it.kernel.bus, publish: () => undefined } }
    await addNote(silent, { conversationId: id, agent: mia, text: 'seen by agents only' })
    await takeOver(silent, { conversationId: id, agent: mia })
    await expect.poll(() => stream.names(), { timeout: 3000 }).toContain('handoff-claimed')
  })

  test('a reader that reconnects again and again sees every event once while others write (P4)', async () => {
    const id = await start()
    const writing = (async () => {
      for (let count = 0; count < 40; count += 1) await say(id, `message ${count}`)
    })()
    const seen: string[] = []
    let last = '0'
    while (seen.length < 41) {
      const stream = await follow(id, { headers: { 'last-event-id': last } })
      await expect.poll(() => stream.events.length, { timeout: 5000 }).toBeGreaterThan(0)
      stream.close()
      const got = stream.events.map((event) => event.id ?? '')
      seen.push(...got)
      last = got.at(-1) ?? last
    }
    await writing
    expect(seen).toEqual(Array.from({ length: 41 }, (_, index) => String(index + 1)))
  })

  test('notes go to agents and never to customers', async () => {
    const id = await start()
    const customer = await follow(id, { query: '?after=0' })
    const agent = await follow(id, { query: '?after=0', as: ['agent', 'agent_mia'] })
    await addNote(it.kernel, { conversationId: id, agent: mia, text: 'internal' })
    await say(id, 'after the note')
    await expect.poll(() => agent.names()).toEqual(['message-accepted', 'note-added', 'message-accepted'])
    await expect.poll(() => customer.names()).toEqual(['message-accepted', 'message-accepted'])
    expect(JSON.stringify(customer.events)).not.toContain('internal')
  })

  test('pieces of text are shown without id, and those of an older attempt or floor are not (rule 14)', async () => {
    const id = await start()
    const stream = await follow(id)
    publish(id, delta(1, 1, 'Hel'))
    publish(id, delta(2, 1, 'Good '))
    publish(id, delta(1, 1, 'lo'))
    publish(id, delta(2, 0, 'old floor'))
    publish(id, delta(2, 1, 'day'))
    await expect.poll(() => stream.events.length).toBe(4)
    expect(stream.events.map(({ name, data }) => [name, data['text']])).toEqual([
      ['message-delta', 'Hel'],
      ['message-restarted', undefined],
      ['message-delta', 'Good '],
      ['message-delta', 'day'],
    ])
    expect(stream.events.every((event) => event.id === undefined)).toBe(true)
    expect(Object.keys(stream.events[0]?.data ?? {}).toSorted()).toEqual([
      'at',
      'conversation_id',
      'message_id',
      'text',
      'type',
    ])
  })

  test('a takeover in mid-answer voids what was shown, and later pieces are dropped (P5)', async () => {
    const id = await start()
    const stream = await follow(id)
    publish(id, delta(1, 1, 'I think'))
    await expect.poll(() => stream.names()).toContain('message-delta')
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    publish(id, delta(1, 1, ' that'))
    await expect.poll(() => stream.names()).toContain('message-restarted')
    await say(id, 'hello?')
    await expect.poll(() => stream.names().at(-1)).toBe('message-accepted')
    expect(stream.names().filter((name) => name === 'message-delta')).toHaveLength(1)
    expect(stream.names().indexOf('handoff-claimed')).toBeLessThan(stream.names().indexOf('message-restarted'))
  })

  test('a restart is passed on once, as message-restarted (rule 14)', async () => {
    const id = await start()
    const stream = await follow(id)
    publish(id, delta(1, 1, 'One'))
    publish(id, { kind: 'restarted', turn: 1, attempt: 2, floor: 1, message_id: 'reply-1' })
    publish(id, delta(2, 1, 'Two'))
    await expect.poll(() => stream.names()).toEqual(['message-delta', 'message-restarted', 'message-delta'])
  })

  test('a client that does not read is dropped, and others go on (bounded buffer)', async () => {
    const id = await start()
    const authorization = `Bearer ${await it.token('customer', 'cust_1001')}`
    const slow = httpRequest(`${it.url}/v1/conversations/${id}/events`, { headers: { authorization } })
    const response = await new Promise<IncomingMessage>((resolve) => slow.on('response', resolve).end())
    response.pause()
    const dropped = new Promise<void>((resolve) => {
      response.on('error', () => undefined)
      response.on('close', () => resolve())
    })
    for (let count = 0; count < 400; count += 1) publish(id, delta(1, 1, 'x'.repeat(65_536)))
    await new Promise((resolve) => setTimeout(resolve, 500))
    let received = 0
    response.on('data', (chunk: Buffer) => (received += chunk.length))
    await dropped
    expect(received).toBeLessThan(400 * 65_536)
    expect((await say(id, 'still here')).status).toBe(202)
  })
})
