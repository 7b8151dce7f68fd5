import { createServer, get, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { requestLog } from '../../src/api/middleware/request-log.ts'

async function lineOf(headers: IncomingHttpHeaders): Promise<Record<string, unknown>> {
  const lines: string[] = []
  const log = requestLog(pino({ base: undefined }, { write: (line: string) => void lines.push(line) }))
  const server = createServer((request, response) => {
    log(request, response)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const [answer] = (await once(get({ port, path: '/v1/conversations', headers }), 'response')) as [
    NodeJS.ReadableStream,
  ]
  answer.resume()
  await once(answer, 'end')
  server.close()
  await once(server, 'close')
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>
}

test('O2: a request is logged with the trace of its caller', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  expect(await lineOf({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toMatchObject({ trace, status: 200 })
})

test('O2: without a trace, or with one nobody can read, the request begins its own', async () => {
  for (const headers of [
    {},
    { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
    { traceparent: '<script>' },
  ]) {
    expect(await lineOf(headers)).toMatchObject({ trace: expect.stringMatching(/^[0-9a-f]{32}$/) as string })
  }
})
