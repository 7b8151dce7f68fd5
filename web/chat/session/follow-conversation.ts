// Follows one conversation: all of its events from the first, the texts that events do not repeat, and what the desk knows of it
// besides. Runs until it is stopped; every event counts once, whatever the connection does.
import type { ApiClient } from '../../shared/api-client.ts'
import { followStream } from '../../shared/follow-stream.ts'
import { waitOrOnline } from '../../shared/online-wait.ts'
import { asProblem } from '../../shared/problem.ts'
import type { Message } from '../conversation/entries.ts'
import {
  applyEvent,
  EMPTY,
  textsMissing,
  type Transcript,
  withCustomer,
  withTexts,
} from '../conversation/transcript.ts'
import { batched } from './batched.ts'
import type { ChatView, Next, Rating } from './view.ts'

export type Follower = {
  /** A message the desk has confirmed in its answer, which may come before its event. */
  confirm: (message: Message) => void
  /** Reads the texts of messages that were stored without this tab having heard how. */
  refreshTexts: () => void
}

export type FollowOptions = {
  api: ApiClient
  conversation: string
  change: (patch: Partial<ChatView>) => void
  /** An event names this message as stored; returns what is known of its text. */
  onStored: (id: string) => string | undefined
  /** The conversation is not there for this token, or the token is over. */
  onEnd: (why: 'signed_out' | 'gone') => void
  signal: AbortSignal
}

/** After these the desk may have another deadline for the conversation. */
const MOVES_DEADLINES = new Set(['status-changed', 'handoff-offered', 'handoff-claimed', 'message-completed'])
const PAUSE = 2000

export function followConversation(options: FollowOptions): Follower {
  const { api, conversation, change, onStored, onEnd, signal } = options
  const path = `/v1/conversations/${conversation}`
  const texts = new Map<string, string>()
  let transcript: Transcript = EMPTY
  /** Until this event what stood there before is not all here. */
  let wanted: number | undefined
  const show = batched(() => {
    const loading = wanted === undefined || transcript.seq < wanted
    change({ transcript, loading })
  }, signal)
  const look = batched(() => void readConversation(), signal)

  async function patiently<T>(read: () => Promise<T>): Promise<T | undefined> {
    while (!signal.aborted) {
      try {
        return await read()
      } catch (error) {
        const { status } = asProblem(error)
        if (status === 401) onEnd('signed_out')
        else if (status === 404) onEnd('gone')
        else await waitOrOnline(PAUSE, signal)
      }
    }
    return undefined
  }

  async function readTexts(): Promise<void> {
    let cursor: string | undefined
    let last = -1
    do {
      const page = await patiently(() =>
        api.get<{ data: Message[]; next_cursor: string | null }>(`${path}/messages`, { limit: 100, cursor }, signal),
      )
      if (!page) return
      for (const { id, role, text, seq } of page.data) {
        last = seq
        if (role === 'customer') texts.set(id, text)
      }
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    transcript = withTexts(transcript, texts)
    wanted ??= last
    show()
  }

  async function readConversation(): Promise<void> {
    const found = await patiently(() => api.get<{ next?: Next | null; closing?: true }>(path, {}, signal))
    if (found) change({ next: found.next ?? undefined, closing: found.closing ?? false })
  }

  async function readOpinions(): Promise<void> {
    const found = await api
      .get<{ data: { message_id: string; rating: Rating }[]; rating: object | null }>(`${path}/feedback`, {}, signal)
      .catch(() => undefined)
    if (!found) return
    change({
      ratings: Object.fromEntries(found.data.map(({ message_id, rating }) => [message_id, rating])),
      rated: found.rating !== null,
    })
  }

  function take(name: string, data: Record<string, unknown>): void {
    transcript = applyEvent(transcript, name, data)
    if (name === 'message-accepted') {
      const id = String(data['message_id'])
      const text = texts.get(id) ?? onStored(id)
      if (text !== undefined) transcript = withTexts(transcript, [[id, text]])
      else if (wanted !== undefined) void readTexts()
    }
    if (MOVES_DEADLINES.has(name) && wanted !== undefined && transcript.seq >= wanted) look()
    show()
  }

  async function open(lastId: string | undefined, until: AbortSignal): Promise<Response> {
    try {
      return await api.stream(`${path}/events`, lastId, until)
    } catch (error) {
      const { status } = asProblem(error)
      if (status === 401) onEnd('signed_out')
      if (status === 404) onEnd('gone')
      throw error
    }
  }

  change({ loading: true })
  void readTexts()
  void readConversation()
  void readOpinions()
  void followStream({
    open,
    after: '0',
    onEvent: take,
    onState: ({ kind }) => change({ connection: kind }),
    signal,
    wait: waitOrOnline,
  })

  return {
    confirm({ id, seq, text, created_at: at }) {
      texts.set(id, text)
      transcript = withCustomer(transcript, { id, seq, at, text })
      show()
    },
    refreshTexts() {
      if (textsMissing(transcript).length > 0 || wanted !== undefined) void readTexts()
    },
  }
}
