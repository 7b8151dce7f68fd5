// The load generator's HTTP: node's own client with kept connections, because fetch costs several times as much of the machine under test.
import { Agent, request } from 'node:http'

/** An answer with its body parsed. */
export type Answer<T> = { status: number; body: T }

/** Sends JSON and reads JSON; rejects when the connection breaks or `patience` (ms) is over. */
export type Post = <T>(url: string, body: object, headers?: Record<string, string>) => Promise<Answer<T>>

/** A client; `close` drops its connections. */
export function createHttp(patience = 120_000): { post: Post; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  const post: Post = (url, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const sent = request(
        url,
        {
          method: 'POST',
          agent,
          timeout: patience,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
        },
        (response) => {
          let answer = ''
          response.setEncoding('utf8')
          response.on('data', (piece: string) => (answer += piece))
          response.once('error', reject)
          response.once('end', () => {
            const body = parsed(answer)
            if (body === undefined) reject(new Error(`${url} answered ${response.statusCode ?? 0} without JSON`))
            else resolve({ status: response.statusCode ?? 0, body: body as never })
          })
        },
      )
      sent.once('timeout', () => sent.destroy(new Error(`${url} did not answer within ${patience} ms`)))
      sent.once('error', reject)
      sent.end(text)
    })
  return { post, close: () => agent.destroy() }
}

/** An empty body is an empty object; undefined is no JSON. */
function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}
