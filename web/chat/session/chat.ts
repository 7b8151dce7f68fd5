// One chat on one page: who speaks, which conversation, what is sent, what is shown. Everything a button does is a function here.
import { createApiClient } from '../../shared/api-client.ts'
import { waitOrOnline } from '../../shared/online-wait.ts'
import { asProblem, unreachable } from '../../shared/problem.ts'
import { type Watched, watched } from '../../shared/watched.ts'
import { createOutbox, type Outbox, type Unsent } from '../conversation/outbox.ts'
import type { Message } from '../conversation/entries.ts'
import { createDelivery } from './delivery.ts'
import { followConversation, type Follower } from './follow-conversation.ts'
import {
  type Ask,
  customerIdentity,
  forgetGuest,
  GUEST_KEY,
  guestIdentity,
  type Identity,
  keptGuest,
} from './identity.ts'
import { forgetThread, keepThread, keptThread, onThreadElsewhere, outboxName } from './thread.ts'
import { type ChatView, type Rating, startView } from './view.ts'

export type Chat = {
  view: Watched<ChatView>
  send: (text: string) => void
  /** Gives back the text of what the desk did not take, and forgets it. */
  takeBack: (id: string) => string
  rate: (messageId: string, rating: Rating) => Promise<void>
  /** 1 to 5. */
  rateConversation: (score: number, comment: string) => Promise<void>
  close: () => Promise<void>
  /** Leaves this conversation as it is; the next word begins another. */
  startAnew: () => void
  /** A token of the customer's; a guest's conversation goes along. The same person again only brings a fresh token. */
  signIn: (token: string) => Promise<void>
  /** A guest from now on; the browser forgets what it kept of the customer. */
  signOut: () => void
  /** Everything shown has been seen. */
  markSeen: () => void
  stop: () => void
}

export type ChatOptions = {
  /** Origin of the desk; empty on its own pages. */
  desk: string
  locale: string
  /** The customer's token; without one a guest. */
  token?: string | undefined
  /** Another token for the same customer, when the desk refuses the last one. */
  renew?: (() => Promise<string | undefined>) | undefined
}

export function createChat(options: ChatOptions): Chat {
  const ask: Ask = (path, init) => fetch(`${options.desk}${path}`, { ...init, credentials: 'omit' })
  const stopped = new AbortController()
  let identity: Identity = options.token === undefined ? guestIdentity(ask) : customerIdentity(options.token)
  let outbox: Outbox = createOutbox(outboxName(identity.key))
  /** Aborts when the chat follows something else. */
  let life = new AbortController()
  let follower: Follower | undefined
  const view = watched(startView(identity.guest, identity.name))
  const change = (patch: Partial<ChatView>) => view.set({ ...view.get(), ...patch })
  const showOutbox = () => change({ unsent: outbox.all() })
  const wait = (milliseconds: number) => waitOrOnline(milliseconds, stopped.signal)

  const api = createApiClient({
    token: async () => identity.token(),
    async refused() {
      const token = identity.guest ? undefined : await options.renew?.()
      if (token !== undefined) identity = customerIdentity(token)
      return token !== undefined
    },
    fetch: ask,
    wait,
  })

  const delivery = createDelivery({
    outbox: () => outbox,
    send,
    wait,
    onChange: (sending) => change({ sending, unsent: outbox.all() }),
    onPause: (pause) => change({ pause }),
    onEnd: end,
  })

  async function send(unsent: Unsent): Promise<void> {
    const from = identity
    try {
      await sendAs(from, unsent)
    } catch (error) {
      // Somebody signed in or out while it was on its way: it goes again, as that person.
      throw from === identity ? error : unreachable()
    }
  }

  async function sendAs(from: Identity, unsent: Unsent): Promise<void> {
    await from.begin()
    const { conversation } = view.get()
    const message = { id: unsent.id, text: unsent.text }
    if (conversation !== undefined) {
      const path = `/v1/conversations/${conversation}/messages`
      const answer = await api.post<{ message: Message }>(path, message, unsent.id)
      return follower?.confirm(answer.message)
    }
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const start = { message, channel: 'web', locale: options.locale, time_zone: timeZone }
    const answer = await api.post<{ conversation: { id: string }; message: Message }>(
      '/v1/conversations',
      start,
      unsent.id,
    )
    // Signing in brings it along.
    if (from !== identity || view.get().conversation !== undefined) return
    keepThread(identity.key, { conversation: answer.conversation.id, seen: answer.message.seq })
    follow(answer.conversation.id)
    follower?.confirm(answer.message)
  }

  /** Nothing more comes for this token: a guest's may be over, or its conversation a customer's by now. */
  function end(why: 'signed_out' | 'gone'): void {
    life.abort()
    const { guest } = identity
    // Who signs in again goes on here.
    if (guest || why === 'gone') forgetThread(identity.key)
    if (guest) {
      forgetGuest()
      identity = guestIdentity(ask)
    }
    change({ ended: guest ? 'gone' : why, connection: 'idle', loading: false, sending: undefined })
  }

  function follow(conversation: string): void {
    life.abort()
    life = new AbortController()
    const { signal } = life
    change({ ...startView(identity.guest, identity.name), conversation, unsent: outbox.all() })
    change({ seen: keptThread(identity.key)?.seen ?? -1 })
    follower = followConversation({
      api,
      conversation,
      signal,
      change: (patch) => (signal.aborted ? undefined : change(patch)),
      onEnd: (why) => (signal.aborted ? undefined : end(why)),
      onStored(id) {
        const known = outbox.all().find((unsent) => unsent.id === id)
        if (!known) return undefined
        outbox.drop(id)
        showOutbox()
        // What was stored may be masked: the answer to sending says so, unless it was lost.
        if (view.get().sending !== id) follower?.refreshTexts()
        return known.text
      },
    })
  }

  /** Goes on with what the browser kept, or begins empty. */
  function resume(): void {
    const kept = keptThread(identity.key)
    if (kept) follow(kept.conversation)
    else leave()
    delivery.kick()
  }

  function leave(): void {
    life.abort()
    follower = undefined
    change({ ...startView(identity.guest, identity.name), unsent: outbox.all() })
  }

  function become(next: Identity): void {
    const brought = outbox.all()
    identity = next
    outbox = createOutbox(outboxName(identity.key))
    outbox.take(brought)
  }

  async function signIn(token: string): Promise<void> {
    const next = customerIdentity(token)
    if (next.key === identity.key) {
      identity = next
      if (view.get().ended === 'signed_out') resume()
      return
    }
    if (!identity.guest) signOut()
    const guest = keptGuest()
    const here = view.get().conversation
    const guestOutbox = outbox
    // What stands here stays in sight, but is not asked for again by somebody whose it is not yet.
    life.abort()
    become(next)
    guestOutbox.forget()
    const claimed = guest ? await claim(guest.token) : []
    if (identity !== next) return
    forgetGuest()
    forgetThread(GUEST_KEY)
    const going = here !== undefined && claimed.includes(here) ? here : claimed.at(-1)
    if (going !== undefined) keepThread(next.key, { conversation: going, seen: view.get().seen })
    else if (!keptThread(next.key)) await findNewest(next)
    if (identity === next) resume()
  }

  /** The guest's conversations become the customer's; tried until the desk has answered. */
  async function claim(guestToken: string): Promise<string[]> {
    while (!stopped.signal.aborted) {
      try {
        return (await api.post<{ conversations: string[] }>('/v1/guests/claim', { guest_token: guestToken }))
          .conversations
      } catch (error) {
        const { status } = asProblem(error)
        if (status >= 400 && status < 500) return []
        await wait(2000)
      }
    }
    return []
  }

  /** Somebody who comes from another device goes on where they were. */
  async function findNewest({ key }: Identity): Promise<void> {
    type Found = { data: { id: string; status: string; channel: string }[] }
    const found = await api.get<Found>('/v1/conversations', { limit: 1, channel: 'web' }).catch(() => undefined)
    const [newest] = found?.data ?? []
    if (newest && newest.status !== 'closed') keepThread(key, { conversation: newest.id, seen: -1 })
  }

  function signOut(): void {
    if (identity.guest) return
    outbox.forget()
    forgetThread(identity.key)
    identity = guestIdentity(ask)
    outbox = createOutbox(outboxName(identity.key))
    resume()
  }

  /** Carries out what a button asked for; the view says when it did not go through. */
  async function act(work: (path: string) => Promise<unknown>, done: Partial<ChatView>): Promise<void> {
    const { conversation } = view.get()
    if (conversation === undefined) return
    try {
      await work(`/v1/conversations/${conversation}`)
      change({ ...done, problem: false })
    } catch {
      change({ problem: true })
    }
  }

  const stopListening = onThreadElsewhere(
    () => identity.key,
    ({ conversation }) => (view.get().conversation === undefined ? follow(conversation) : undefined),
  )
  if (identity.guest || keptThread(identity.key)) resume()
  else void findNewest(identity).then(() => (stopped.signal.aborted ? undefined : resume()))

  return {
    view,
    send(text) {
      if (view.get().ended !== undefined) leave()
      outbox.add(text)
      showOutbox()
      delivery.kick()
    },
    takeBack(id) {
      const text = outbox.all().find((unsent) => unsent.id === id)?.text ?? ''
      outbox.drop(id)
      showOutbox()
      return text
    },
    rate: (messageId, rating) =>
      act((path) => api.post(`${path}/feedback`, { message_id: messageId, rating }), {
        ratings: { ...view.get().ratings, [messageId]: rating },
      }),
    rateConversation: (score, comment) =>
      act((path) => api.post(`${path}/rating`, { score, ...(comment === '' ? {} : { comment }) }), { rated: true }),
    close: () => act((path) => api.post(`${path}/close`), {}),
    startAnew() {
      forgetThread(identity.key)
      leave()
      delivery.kick()
    },
    signIn,
    signOut,
    markSeen() {
      const { conversation, transcript, seen } = view.get()
      if (conversation === undefined || transcript.seq <= seen) return
      keepThread(identity.key, { conversation, seen: transcript.seq })
      change({ seen: transcript.seq })
    },
    stop() {
      stopped.abort()
      life.abort()
      stopListening()
    },
  }
}
