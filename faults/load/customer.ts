// One virtual customer in one conversation, from the first message to the last answer.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConversationPlan, MessagePlan } from '../plan/load-plan.ts'
import { type Clients, isSettled, type Person } from './clients.ts'
import { openStreamClient, type StreamClient } from './stream-client.ts'

/** What became of it. */
export interface Talked {
  /** Null when the start was never answered. */
  conversation: string | null
  stream: StreamClient | null
}

export interface TalkOptions {
  clients: Clients
  person: Person
  plan: ConversationPlan
  /** Milliseconds to wait for one answer before going on without it. */
  patience: number
  /** The run is over: nothing more is sent or waited for. */
  over: AbortSignal
  /** Told of each message that was just sent, counted from 0. */
  onSent: (conversation: string, at: number) => void
}

/** Sends again this often, with growing pauses, while no answer comes: longer than any fault lasts. */
const RESENDS = 12

/** Plays the plan. Never rejects for what the API does. */
export async function talk({ clients, person, plan, patience, over, onSent }: TalkOptions): Promise<Talked> {
  let conversation: string | null = null
  let stream: StreamClient | null = null
  const waited: { id: string; settled: boolean }[] = []

  for (const [at, message] of plan.messages.entries()) {
    if (!message.burst) for (const each of waited.splice(0)) if (!each.settled) await settle(each.id)
    await sleep(message.think)
    const sent = await send(message, at)
    conversation ??= sent.conversation
    if (conversation === null || over.aborted) return { conversation, stream }
    if (plan.watch === 'stream') {
      stream ??= openStreamClient(clients, person, { conversation, api: plan.api, breakAfter: plan.breakAfter, over })
    }
    if (sent.outcome === 'ok') onSent(conversation, at)
    // Without an answer the store may have it or not: only a look can tell.
    if (sent.outcome === 'ok') waited.push({ id: message.id, settled: sent.settled })
  }
  for (const { id, settled } of waited) if (!settled) await settle(id)
  for (const message of plan.messages) if (message.repeat === 'later') await once(message, plan.api + 1)
  if (conversation === null) return { conversation, stream }
  await clients.transcript(person, plan.api, conversation)
  if (plan.closes) await close(conversation)
  return { conversation, stream }

  async function send(message: MessagePlan, at: number) {
    if (message.repeat === 'at once') void once(message, plan.api + 1)
    let sent = await once(message, plan.api)
    for (let again = 1; sent.outcome === 'unknown' && again <= RESENDS && resends(at) && !over.aborted; again += 1) {
      await sleep(Math.min(200 * 2 ** again, 4000))
      sent = await once(message, plan.api + again)
    }
    return sent
  }

  /** A bad client gives a message up, but not the first: it would have nothing to talk in. */
  function resends(at: number): boolean {
    return plan.resends || at === 0
  }

  function once(message: MessagePlan, api: number) {
    const { id: messageId, text, intent, wait } = message
    return clients.post(person, api, { conversation, messageId, text, intent, wait })
  }

  async function settle(messageId: string): Promise<void> {
    const deadline = Date.now() + patience
    for (let look = 0; conversation !== null && Date.now() < deadline && !over.aborted; look += 1) {
      if (isSettled(await clients.poll(person, plan.api + Math.floor(look / 3), conversation, messageId))) return
      await (stream ? stream.news(1500) : sleep(400))
    }
  }

  async function close(conversation: string): Promise<void> {
    const path = `/conversations/${conversation}/close`
    for (let again = 0; again < RESENDS; again += 1) {
      const act = { kind: 'close', conversation, path, key: `close-${plan.index}` } as const
      const { status } = await clients.act(person, plan.api + again, act)
      if (status !== null && status < 500) return
      await sleep(500)
    }
  }
}
