// The virtual clients against a server that does what a broken one does.
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createClients } from '../../faults/load/clients.ts'
import { createRecorder } from '../../faults/load/recorder.ts'
import { openStreamClient } from '../../faults/load/stream-client.ts'

const ada = { id: 'cust_1001', token: 'token' }

async function clientsOf(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const recorder = createRecorder()
  return { recorder, clients: createClients(recorder, [`http://127.0.0.1:${(server.address() as AddressInfo).port}`]) }
}

test('an answer is ok or a refusal; a 5xx and a connection that died are unknown', async () => {
  const answers = [202, 422, 503, null]
  const { recorder, clients } = await clientsOf((request, response) => {
    const status = answers.shift()
    if (status === null || status === undefined) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  const message = { conversation: 'c', messageId: 'm', text: 'hello', intent: { wants: 'talk' as const }, wait: 0 }
  for (let sent = 0; sent < 4; sent += 1) await clients.post(ada, 0, message)
  expect(recorder.operations.map(({ id, outcome, status }) => ({ id, outcome, status }))).toEqual([
    { id: 1, outcome: 'ok', status: 202 },
    { id: 2, outcome: 'fail', status: 422 },
    { id: 3, outcome: 'unknown', status: 503 },
    { id: 4, outcome: 'unknown', status: null },
  ])
})

test('a start learns its conversation from the answer, and one that waited what was said', async () => {
  const { recorder, clients } = await clientsOf((_request, response) => {
    const message = { id: 'm', status: 'answered' }
    response.end(JSON.stringify({ conversation: { id: 'conv_1' }, message, reply: { id: 'r', text: 'Hello.' } }))
  })
  const message = { conversation: null, messageId: 'm', text: 'hello', intent: { wants: 'talk' as const }, wait: 5 }
  expect(await clients.post(ada, 0, message)).toMatchObject({ conversation: 'conv_1', settled: true })
  expect(recorder.operations).toMatchObject([
    { kind: 'start', conversation: 'conv_1', waited: { status: 'answered', replyId: 'r', replyText: 'Hello.' } },
  ])
})

test('P4: a stream comes back with the last id it saw, and what it saw is one list', async () => {
  const asked: (string | undefined)[] = []
  const { recorder, clients } = await clientsOf((request, response) => {
    asked.push(request.headers['last-event-id'] as string | undefined)
    const seq = asked.length
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': connected\n\n')
    response.write(`id: ${seq}\nevent: message-accepted\ndata: {"message_id":"m${seq}"}\n\n`)
    response.write('event: message-delta\ndata: {"message_id":"r","text":"Hel"}\n\n')
    response.write('event: message-restarted\ndata: {"message_id":"r"}\n\n')
    if (seq < 3) response.socket?.end()
  })
  const over = new AbortController()
  const stream = openStreamClient(clients, ada, { conversation: 'c', api: 0, breakAfter: 0, over: over.signal })
  await stream.finish(3, 5000)
  expect(asked).toEqual([undefined, '1', '2'])
  expect(recorder.streams).toMatchObject([{ actor: 'cust_1001', conversation: 'c', connections: 3, stayedFor: 3 }])
  expect(stream.stream.events.map(({ seq, type, key }) => ({ seq, type, key }))).toEqual([
    { seq: 1, type: 'message-accepted', key: 'm1' },
    { seq: 2, type: 'message-accepted', key: 'm2' },
    { seq: 3, type: 'message-accepted', key: 'm3' },
  ])
  expect(stream.stream.drafts.slice(0, 3).map(({ text }) => text)).toEqual(['Hel', null, 'Hel'])
})

test('a client that breaks off on purpose does so after the events it was told', async () => {
  let connections = 0
  const { clients } = await clientsOf((_request, response) => {
    connections += 1
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const seq of [1, 2]) response.write(`id: ${(connections - 1) * 2 + seq}\nevent: x\ndata: {}\n\n`)
  })
  const over = new AbortController()
  const stream = openStreamClient(clients, ada, { conversation: 'c', api: 0, breakAfter: 2, over: over.signal })
  await stream.finish(4, 5000)
  expect(connections).toBeGreaterThanOrEqual(2)
  expect(stream.stream.events.map(({ seq }) => seq).slice(0, 4)).toEqual([1, 2, 3, 4])
})
