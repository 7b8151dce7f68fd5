// One conversation as the page shows it: read once, then kept current by its events. What happened is always read again from
// the API; events only say when, and carry the messages.
import type { ApiClient } from '../../shared/api-client.ts'
import type { Message, Workspace } from '../../shared/desk-types.ts'
import { followStream } from '../../shared/follow-stream.ts'
import { waitOrOnline } from '../../shared/online-wait.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'
import { type Watched, watched } from '../../shared/watched.ts'
import { noteStream } from '../shell/live.ts'
import { createLiveTexts, type LiveTexts } from './live-texts.ts'
import { createTranscriptReader } from './read-transcript.ts'

export type ConversationState = {
  phase: 'loading' | 'ready' | 'failed'
  workspace: Workspace | null
  /** By their seq. */
  messages: readonly Message[]
  /** The tool that runs at this moment. */
  tool: string | null
  problem: Problem | null
}

export type ConversationStore = {
  id: string
  state: Watched<ConversationState>
  live: LiveTexts
  /** A message that a command of this page made; its event brings it again. */
  add: (message: Message) => void
  /** Reads it again: at once after a command, with pauses after events. */
  refresh: () => void
  /** Reads it and begins to follow; returns how to stop. */
  open: () => () => void
}

/** Between two reads of the workspace, so that a busy turn leaves room under the rate limit. */
const PAUSE = 1500
const STREAM = 'conversation'

export function createConversation(api: ApiClient, id: string): ConversationStore {
  const path = `/v1/conversations/${encodeURIComponent(id)}`
  const state = watched<ConversationState>({
    phase: 'loading',
    workspace: null,
    messages: [],
    tool: null,
    problem: null,
  })
  const change = (part: Partial<ConversationState>) => state.update((now) => ({ ...now, ...part }))
  const live = createLiveTexts()
  const transcript = createTranscriptReader(api, id)
  let { signal } = new AbortController()
  let reading = false
  let again = false
  /** The number of the read that was begun last. */
  let latest = 0
  let following = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    reading = true
    again = false
    latest += 1
    const mine = latest
    // One begun before a command may come back after the one that the command began: what it shows is old.
    const isOld = () => signal.aborted || mine !== latest
    try {
      const [workspace] = await Promise.all([api.get<Workspace>(`${path}/workspace`, {}, signal), readMessages()])
      if (isOld()) return
      change({ phase: 'ready', workspace, problem: null })
      if (!following) follow()
    } catch (error) {
      if (!isOld()) change({ phase: state.get().workspace ? 'ready' : 'failed', problem: asProblem(error) })
    }
    if (isOld()) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      reading = false
      if (again) void read()
    }, PAUSE)
  }

  async function readMessages(): Promise<void> {
    const found = await transcript.read(signal)
    if (!signal.aborted) change({ messages: merged(state.get().messages, found) })
  }

  function refreshAfterEvent(): void {
    if (reading) again = true
    else void read()
  }

  function follow(): void {
    following = true
    const until = signal
    const last = Math.max(0, ...state.get().messages.map(({ seq }) => seq))
    void followStream({
      open: (lastId, stop) => api.stream(`${path}/events`, lastId, stop),
      after: `${last}`,
      onEvent: take,
      onState: (now) => until.aborted || noteStream(STREAM, now),
      signal,
      wait: waitOrOnline,
    })
  }

  function take(name: string, data: Record<string, unknown>): void {
    const messageId = typeof data['message_id'] === 'string' ? data['message_id'] : ''
    switch (name) {
      case 'message-delta':
        live.append(messageId, typeof data['text'] === 'string' ? data['text'] : '')
        return
      case 'message-restarted':
        live.drop(messageId)
        return
      case 'tool-started':
        change({ tool: typeof data['tool'] === 'string' ? data['tool'] : null })
        return
      case 'message-completed':
      case 'note-added':
        add(data['message'] as Message)
        break
      case 'tool-finished':
        change({ tool: null })
        break
      case 'message-accepted':
        // What the customer wrote stands there before the AI begins; a failed read is made good by the next.
        readMessages().catch(() => undefined)
        break
      default:
    }
    refreshAfterEvent()
  }

  function add(message: Message): void {
    live.drop(message.id)
    change({ messages: merged(state.get().messages, [message]), tool: null })
  }

  return {
    id,
    state,
    live,
    add,
    refresh: () => void read(),
    open() {
      const closed = new AbortController()
      signal = closed.signal
      void read()
      return () => {
        closed.abort()
        clearTimeout(timer)
        noteStream(STREAM, undefined)
      }
    },
  }
}

/** Those known and those found, each once, by seq. A message that is the same stays the same object and does not render again. */
export function merged(known: readonly Message[], found: readonly Message[]): readonly Message[] {
  const all = new Map(known.map((message) => [message.id, message]))
  let changed = false
  for (const message of found) {
    const before = all.get(message.id)
    if (before && before.status === message.status && before.text === message.text) continue
    all.set(message.id, message)
    changed = true
  }
  return changed ? [...all.values()].sort((a, b) => a.seq - b.seq) : known
}
