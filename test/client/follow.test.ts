import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '../../scripts/client/client.ts'
import { follow } from '../../scripts/client/follow.ts'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

/** A server whose n-th answer is the n-th of the script; it notes the Last-Event-ID of each request. */
async function streams(script: ((response: ServerResponse) => void)[]) {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    const answer = script[asked.length]
    asked.push(request.headers['last-event-id'])
    if (answer === undefined) throw new Error('the script is over')
    answer(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, api: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}

const event = (seq: number) => `id: ${seq}\nevent: e\ndata: {"type":"e","seq":${seq}}\n\n`
const sends = (text: string, then: 'end' | 'break' | 'stay') => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(text, () => {
    if (then === 'end') response.end()
    if (then === 'break') setTimeout(() => response.destroy(), 20)
  })
}
const refuses = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ code: 'a_code', detail: 'No.' }))
}

function followed(api: string) {
  const seen: (number | string)[] = []
  const leaving = new AbortController()
  ends.push(() => leaving.abort())
  const { promise: third, resolve } = Promise.withResolvers<void>()
  const over = follow({
    client: createClient({ api, token: async () => 'token' }),
    conversationId: 'conv_1',
    after: 0,
    signal: leaving.signal,
    onEvent: ({ seq }) => {
      seen.push(seq ?? 'none')
      if (seq === 3) resolve()
    },
    onConnection: (up) => seen.push(up ? 'up' : 'down'),
  })
  return { seen, third, over, leave: () => leaving.abort() }
}

test('after an end, a break and a 503 it comes back with the last id, and shows each event once', async () => {
  const { api, asked } = await streams([
    sends(event(1), 'end'),
    refuses(503),
    sends(event(1) + event(2), 'break'),
    sends(event(3), 'stay'),
  ])
  const { seen, third, over, leave } = followed(api)
  await third
  leave()
  await over
  expect(asked).toEqual(['0', '1', '1', '2'])
  expect(seen).toEqual(['up', 1, 'down', 'down', 'up', 2, 'down', 'up', 3])
})

test('a conversation that is not there ends it', async () => {
  const { api } = await streams([refuses(404)])
  await expect(followed(api).over).rejects.toThrow('No.')
})
