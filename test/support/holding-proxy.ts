// An HTTP proxy that can hold answers back: the request has arrived and had its effect, and nobody has heard of it yet.
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export type HoldingProxy = Awaited<ReturnType<typeof startHoldingProxy>>

export async function startHoldingProxy() {
  let target = ''
  let rule: { method: string; path: RegExp } | null = null
  let held: (() => void)[] = []
  const server = createServer((incoming, outgoing) => {
    const forwarded = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host: new URL(target).host } },
      (answer) => {
        const pass = () => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outgoing)
        }
        if (matches(incoming)) held.push(pass)
        else pass()
      },
    )
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  const matches = (incoming: IncomingMessage): boolean =>
    rule !== null && incoming.method === rule.method && rule.path.test(incoming.url ?? '')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo(url: string) {
      target = url
    },
    /** From now on answers to such requests wait. */
    hold(method: string, path: RegExp) {
      rule = { method, path }
    },
    /** Lets the held ones go, and holds no more. */
    release() {
      rule = null
      for (const pass of held) pass()
      held = []
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
