// A real HTTP server on a free loopback port, for one test.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'

export type Loopback = {
  url: string
  port: number
  server: Server
  requests: ReceivedRequest[]
  close(): Promise<void>
}
export type ReceivedRequest = { method: string; path: string; headers: IncomingMessage['headers']; body: string }
export type Answer = (request: ReceivedRequest, response: ServerResponse, raw: IncomingMessage) => void

/** Reads each request whole, remembers it, then lets `answer` respond. */
export async function startLoopback(answer: Answer): Promise<Loopback> {
  const requests: ReceivedRequest[] = []
  return listen(requests, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      requests.push(received)
      answer(received, response, request)
    })
  })
}

/** A server whose handler somebody else attaches, such as the `soap` library. */
export async function listen(requests: ReceivedRequest[], handler?: RequestListener): Promise<Loopback> {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    server,
    requests,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
