// One signed-in person over the real HTTP API.
import { setTimeout as sleep } from 'node:timers/promises'
import { demoToken } from '../src/startup/demo-sign-ins.ts'

export type Message = {
  id: string
  seq: number
  role: string
  text: string
  status?: string
  in_reply_to: string[]
}
export type Polled = { id: string; status: string; reply?: Message }
export type Answer<T> = { status: number; headers: Headers; body: T }
export type StreamEvent = { id: string | null; event: string; data: Record<string, unknown> & { type: string } }

export type ApiClient = Awaited<ReturnType<typeof createApiClient>>

export async function createApiClient(options: {
  url: string
  issuer: string
  role: 'customer' | 'agent' | 'supervisor' | 'admin'
  sub: string
}) {
  const token = await demoToken(options.issuer, { role: options.role, sub: options.sub })
  let base = options.url

  const call = async <T = Record<string, never>>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : {}) as T }
  }
  const poll = async (conversation: string, message: string) =>
    (await call<Polled>('GET', `/v1/conversations/${conversation}/messages/${message}`)).body

  return {
    token,
    call,
    /** Another API process, such as one started after the first was killed. */
    moveTo(url: string) {
      base = url
    },
    /** Starts a conversation; `id` is the client's message id. */
    async start(text: string, id?: string) {
      const message = { text, ...(id ? { id } : {}) }
      const { status, body } = await call<{ conversation: { id: string }; message: Message }>(
        'POST',
        '/v1/conversations',
        { message },
      )
      if (status !== 201) throw new Error(`start: ${status} ${JSON.stringify(body)}`)
      return { conversation: body.conversation.id, message: body.message.id }
    },
    async send(conversation: string, text: string, id?: string) {
      const answer = await call<{ message: Message }>('POST', `/v1/conversations/${conversation}/messages`, {
        text,
        ...(id ? { id } : {}),
      })
      if (answer.status !== 202) throw new Error(`send: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body.message.id
    },
    poll,
    /** Waits until the message is answered, handed off or failed. */
    async settled(conversation: string, message: string, patience = 60_000): Promise<Polled> {
      const deadline = Date.now() + patience
      for (;;) {
        const polled = await poll(conversation, message)
        if (['answered', 'handed_off', 'failed'].includes(polled.status)) return polled
        if (Date.now() > deadline) throw new Error(`${message} is still ${polled.status} after ${patience} ms`)
        await sleep(50)
      }
    },
    async transcript(conversation: string): Promise<Message[]> {
      return (await call<{ data: Message[] }>('GET', `/v1/conversations/${conversation}/messages?limit=100`)).body.data
    },
    /** Follows the stream from `after`; `stop` ends it. Events arrive in `seen`. */
    stream(conversation: string, after = 0) {
      const seen: StreamEvent[] = []
      const ended = new AbortController()
      const running = follow(
        `${base}/v1/conversations/${conversation}/events?after=${after}`,
        token,
        ended.signal,
        (event) => seen.push(event),
      ).catch((error: unknown) => {
        if (!ended.signal.aborted) throw error
      })
      return {
        seen,
        async stop() {
          ended.abort()
          await running
        },
      }
    },
  }
}

async function follow(
  url: string,
  token: string,
  signal: AbortSignal,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal,
  })
  if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`)
  let rest = ''
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
      const data = fields.get('data')
      if (data)
        onEvent({
          id: fields.get('id') ?? null,
          event: fields.get('event') ?? '',
          data: JSON.parse(data) as StreamEvent['data'],
        })
    }
  }
}
