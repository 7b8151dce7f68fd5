// One customer's conversation from the client's side: sends each message once, in order, and follows what happens.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, Progress } from '../client/client.ts'
import { follow } from '../client/follow.ts'
import { patiently } from '../client/patiently.ts'
import type { Screen } from './screen.ts'
import { statusLine } from './status-line.ts'
import { createView } from './view.ts'

/** What a session works with. */
export interface SessionParts {
  client: Client
  screen: Screen
  signal: AbortSignal
}

/** A conversation that goes on. */
export interface Session {
  /** The conversation's id once the first message was accepted. */
  id(): string | undefined
  /** Shows the past of a conversation and goes on with it. Rejects when there is none. */
  resume(conversationId: string): Promise<void>
  /** Sends a message after those before it; resolves with its id once it is accepted. */
  send(text: string): Promise<string>
  /** Resolves when a message has its outcome and that was shown, or after some minutes without. */
  settled(messageId: string): Promise<void>
  status(): Promise<void>
  close(): Promise<void>
}

const SENDS_WITHIN = 10 * 60_000
const SETTLES_WITHIN = 4 * 60_000
const SHOWN_WITHIN = 5_000
const POLL = 300
/** Shorter breaks are not worth a word. */
const SILENT_BREAK = 2_000

/** Makes a session; nothing is sent before `send` or `resume`. */
export function createSession({ client, screen, signal }: SessionParts): Session {
  let id: string | undefined
  let view = createView()
  let shownSeq = 0
  let isClosed = false
  let queue: Promise<unknown> = Promise.resolve()

  const onConnection = breakNotices({
    lost: () => {
      screen.show(view.lost())
      screen.note('reconnecting; nothing is lost')
    },
    back: () => screen.note('connected again'),
  })
  const listen = (conversationId: string, after: number): void => {
    shownSeq = after
    follow({
      client,
      conversationId,
      after,
      signal,
      onEvent: (event) => {
        screen.show(view.on(event))
        shownSeq = event.seq ?? shownSeq
        isClosed = event.type === 'conversation-closed' || (isClosed && event.type !== 'message-accepted')
      },
      onConnection: (up) => {
        if (!up) view.broken()
        onConnection(up)
      },
    }).catch((error: unknown) => screen.warn(`Cannot follow the conversation: ${messageOf(error)}`))
  }
  const retried = <T>(attempt: () => Promise<T>): Promise<T> => {
    let told = false
    const onPause = (error: unknown, seconds: number): void => {
      if (!told && seconds >= 1) screen.note(`not sent yet: ${messageOf(error)}. It is sent once that passes.`)
      told ||= seconds >= 1
    }
    return patiently(attempt, { within: SENDS_WITHIN, signal, onPause })
  }
  const deliver = async (messageId: string, text: string): Promise<void> => {
    const current = id
    if (current !== undefined) {
      await retried(() => client.say(current, { id: messageId, text }))
      return
    }
    const { conversation } = await retried(() => client.start({ id: messageId, text }))
    id = conversation.id
    listen(conversation.id, 0)
  }

  return {
    id: () => id,
    resume: async (conversationId) => {
      const conversation = await client.conversation(conversationId)
      const past = await client.transcript(conversationId)
      id = conversationId
      view = createView({ specialist: conversation.specialist, controlledBy: conversation.controlled_by })
      for (const message of past) screen.show(view.past(message))
      screen.note(statusLine(conversation))
      // What came after the last message (a claim, a close) is told again: better twice than never.
      listen(conversationId, Math.max(0, ...past.map(({ seq }) => seq)))
    },
    send: (text) => {
      // The id is ours and made once, so that sending again after a broken connection cannot say it twice.
      const messageId = `chat-${randomUUID()}`
      const sent = queue.then(() => deliver(messageId, text))
      queue = sent.catch(() => undefined)
      return sent.then(() => messageId)
    },
    settled: async (messageId) => {
      const deadline = Date.now() + SETTLES_WITHIN
      for (;;) {
        const progress = await progressOf(client, id ?? '', messageId, signal)
        if (progress.status !== 'accepted' && progress.status !== 'processing') {
          await until(() => shownSeq >= (progress.reply?.seq ?? 0), SHOWN_WITHIN)
          return
        }
        if (Date.now() > deadline) {
          screen.warn('There is no answer yet. It comes to this conversation all the same.')
          return
        }
        await sleep(POLL, undefined, { signal })
      }
    },
    status: async () => {
      if (id === undefined) screen.note('nothing sent yet')
      else screen.note(statusLine(await client.conversation(id)))
    },
    close: async () => {
      if (id === undefined) {
        screen.note('nothing to close yet')
        return
      }
      const { conversation } = await client.close(id)
      if (conversation.closing === true) screen.note('closes when the open answer is finished')
      else await until(() => isClosed, SHOWN_WITHIN)
    },
  }
}

function progressOf(client: Client, conversation: string, message: string, signal: AbortSignal): Promise<Progress> {
  return patiently(() => client.progress(conversation, message), { within: SETTLES_WITHIN, signal })
}

/** Tells of a break only when it lasts, and then of its end. */
function breakNotices(tell: { lost: () => void; back: () => void }): (up: boolean) => void {
  let told = false
  let timer: NodeJS.Timeout | undefined
  return (up) => {
    if (up) {
      clearTimeout(timer)
      timer = undefined
      if (told) tell.back()
      told = false
      return
    }
    if (told || timer !== undefined) return
    timer = setTimeout(() => {
      told = true
      timer = undefined
      tell.lost()
    }, SILENT_BREAK).unref()
  }
}

async function until(holds: () => boolean, within: number): Promise<void> {
  const deadline = Date.now() + within
  while (!holds() && Date.now() < deadline) await sleep(20)
}

/** The line of an error for people. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
