// A small client of everdesk's HTTP API, for the command-line tools. It sends a request once; callers decide on repeats.
import type { MessageView } from '../../src/domain/conversation.ts'
import type { ConversationView } from '../../src/kernel/conversation-view.ts'
import { refusalOf, Unreachable } from './problem.ts'
import type { ServerSentEvent } from '../../web/shared/event-parser.ts'
import { eventsOf } from './server-sent-events.ts'

/** What `GET .../messages/{id}` tells. */
export interface Progress {
  id: string
  status: 'accepted' | 'processing' | 'answered' | 'handed_off' | 'failed'
  reply?: MessageView
}

/** A conversation's first message, or one more. */
export interface Sending {
  id: string
  text: string
  /** Seconds that the server may hold the answer until the message is settled; 0 is not at all. */
  wait?: number
  channel?: 'web' | 'api'
}

/** The outcome of sending; `reply` only when it was settled within the wait. */
export interface Sent {
  message: MessageView
  reply?: MessageView
}

/** How to reach everdesk, and as whom. */
export interface ClientOptions {
  /** URL of the API. */
  api: string
  /** A bearer token; `fresh` asks for a new one after the old was refused. */
  token: (fresh: boolean) => Promise<string>
  /** Milliseconds an ordinary request may take (15,000); the wait of a message comes on top. */
  patience?: number
}

type Call = { method?: 'GET' | 'POST'; path: string; body?: unknown; headers?: Record<string, string>; within?: number }
type Page<T> = { data: T[]; next_cursor: string | null }

export type Client = ReturnType<typeof createClient>

/** All calls reject with Refused or Unreachable. */
export function createClient({ api, token, patience = 15_000 }: ClientOptions) {
  const request = async (call: Call, signal: AbortSignal, fresh = false): Promise<Response> => {
    const headers: Record<string, string> = { ...call.headers, authorization: `Bearer ${await token(fresh)}` }
    if (call.body !== undefined) headers['content-type'] = 'application/json'
    const response = await answerOf(`${api}${call.path}`, {
      method: call.method ?? 'GET',
      headers,
      signal,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    })
    if (response.ok) return response
    const refusal = await refusalOf(response)
    if (refusal.status === 401 && !fresh) return request(call, signal, true)
    throw refusal
  }
  const json = async <T>(call: Call): Promise<T> => {
    const response = await request(call, AbortSignal.timeout(call.within ?? patience))
    try {
      const body = (await response.json()) as T
      return body
    } catch (error) {
      throw new Unreachable('the answer broke off', { cause: error })
    }
  }
  const send = <T extends Sent>(path: string, body: unknown, wait = 0): Promise<T> => {
    const headers: Record<string, string> = wait > 0 ? { prefer: `wait=${wait}` } : {}
    return json({ method: 'POST', path, body, headers, within: patience + wait * 1_000 })
  }

  return {
    start: ({ id, text, wait, channel = 'web' }: Sending) =>
      send<Sent & { conversation: ConversationView }>('/v1/conversations', { channel, message: { id, text } }, wait),
    say: (conversation: string, { id, text, wait }: Sending) =>
      send(`${path(conversation)}/messages`, { id, text }, wait),
    conversation: (id: string) => json<ConversationView>({ path: path(id) }),
    progress: (conversation: string, message: string) =>
      json<Progress>({ path: `${path(conversation)}/messages/${encodeURIComponent(message)}` }),
    close: (id: string) =>
      json<{ conversation: ConversationView }>({ method: 'POST', path: `${path(id)}/close`, body: {} }),
    /** The whole transcript, oldest first. */
    transcript: (id: string) => everything<MessageView>(json, `${path(id)}/messages?limit=100`),
    /** Conversations, newest first, until `enough` of one. */
    conversations: (filter: string, enough: (each: ConversationView) => boolean = () => false) =>
      everything<ConversationView>(json, `/v1/conversations?limit=100&${filter}`, enough),
    /** Durable events after `after`, then live ones, until the stream ends or `signal` aborts; `onAlive` hears of every sign of life. */
    async *events(
      id: string,
      after: number,
      { signal, onAlive = () => undefined }: { signal: AbortSignal; onAlive?: () => void },
    ): AsyncGenerator<ServerSentEvent> {
      const headers = { accept: 'text/event-stream', 'last-event-id': String(after) }
      const response = await request({ path: `${path(id)}/events`, headers }, signal)
      if (response.body === null) return
      onAlive()
      try {
        yield* eventsOf(response.body, onAlive)
      } catch (error) {
        if (!signal.aborted) throw new Unreachable('the stream broke off', { cause: error })
      }
    },
  }
}

const path = (conversation: string): string => `/v1/conversations/${encodeURIComponent(conversation)}`

async function answerOf(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw new Unreachable(`${new URL(url).origin} does not answer`, { cause: error })
  }
}

async function everything<T>(
  json: <A>(call: Call) => Promise<A>,
  path: string,
  enough: (each: T) => boolean = () => false,
): Promise<T[]> {
  const all: T[] = []
  let cursor = ''
  for (;;) {
    const page = await json<Page<T>>({ path: path + cursor })
    for (const each of page.data) {
      if (enough(each)) return all
      all.push(each)
    }
    if (page.next_cursor === null) return all
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`
  }
}
