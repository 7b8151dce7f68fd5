// What virtual people can ask of the API, each call recorded with how it ended.
import type { Decision, MessageSeen, Post, TranscriptMessage } from '../history.ts'
import { callApi, outcomeOf, type Reply } from './http.ts'
import type { Recorder } from './recorder.ts'

/** Somebody who is signed in. */
export interface Person {
  id: string
  token: string
}

interface MessageBody {
  status?: MessageSeen['status']
  reply?: { id: string; text: string }
}
interface PostBody {
  conversation?: { id: string }
  message?: MessageBody
  reply?: { id: string; text: string }
}

export type Clients = ReturnType<typeof createClients>

/** `urls` are the APIs' addresses; a call names one by any number. */
export function createClients(recorder: Recorder, urls: readonly string[]) {
  const at = (api: number, path: string) => `${urls[api % urls.length]}/v1${path}`
  return {
    recorder,
    at,
    /** Starts a conversation, or sends to one; `conversation` is null for a start. Returns the conversation's id when it is known. */
    async post(
      person: Person,
      api: number,
      post: Pick<Post, 'messageId' | 'text' | 'intent'> & { conversation: string | null; wait: number },
    ) {
      const { conversation, messageId, text, intent, wait } = post
      const end = recorder.begin({
        actor: person.id,
        conversation,
        kind: conversation === null ? 'start' : 'send',
        messageId,
        text,
        intent,
        waited: null,
      })
      const message = { id: messageId, text }
      const reply = await callApi({
        url: at(api, conversation === null ? '/conversations' : `/conversations/${conversation}/messages`),
        method: 'POST',
        token: person.token,
        body: conversation === null ? { message } : message,
        ...(wait > 0 ? { headers: { prefer: `wait=${wait}` }, wait: wait * 1000 } : {}),
      })
      const outcome = outcomeOf(reply)
      const body = reply.body as PostBody
      const id = conversation ?? body.conversation?.id ?? null
      const waited =
        outcome === 'ok' && wait > 0 ? seenIn({ ...body.message, ...(body.reply ? { reply: body.reply } : {}) }) : null
      end({ outcome, status: reply.status, waited, ...(id === null ? {} : { conversation: id }) })
      return { outcome, status: reply.status, conversation: id, settled: isSettled(waited) }
    },
    /** Looks at one message; null when there was no answer. */
    async poll(person: Person, api: number, conversation: string, messageId: string): Promise<MessageSeen | null> {
      const end = recorder.begin({ actor: person.id, conversation, kind: 'poll', messageId, seen: null })
      const url = at(api, `/conversations/${conversation}/messages/${messageId}`)
      const reply = await callApi({ url, method: 'GET', token: person.token })
      const outcome = outcomeOf(reply)
      const seen = outcome === 'ok' ? seenIn(reply.body as MessageBody) : null
      end({ outcome, status: reply.status, seen })
      return seen
    },
    async transcript(person: Person, api: number, conversation: string): Promise<void> {
      const end = recorder.begin({ actor: person.id, conversation, kind: 'transcript', messages: null })
      const url = at(api, `/conversations/${conversation}/messages?limit=100`)
      const reply = await callApi({ url, method: 'GET', token: person.token })
      const outcome = outcomeOf(reply)
      const messages = outcome === 'ok' ? (reply.body as { data: TranscriptMessage[] }).data.map(plainMessage) : null
      end({ outcome, status: reply.status, messages })
    },
    /** A command of an agent, or a customer's close. `body` is what is sent. */
    async act(
      person: Person,
      api: number,
      act: {
        kind: 'claim' | 'release' | 'take_over' | 'reply' | 'hand_back' | 'close' | 'rule'
        conversation: string
        path: string
        key: string
        body?: object
        text?: string
      },
    ): Promise<Reply> {
      const { kind, conversation, path, key, body, text } = act
      const end = recorder.begin({ actor: person.id, conversation, kind, key, ...(text === undefined ? {} : { text }) })
      const headers = { 'idempotency-key': key }
      const reply = await callApi({ url: at(api, path), method: 'POST', token: person.token, body, headers })
      end({ outcome: outcomeOf(reply), status: reply.status })
      return reply
    },
    /** A colleague's word on a write that waits for people. */
    async decide(person: Person, api: number, conversation: string, decision: Omit<Decision, 'kind'>): Promise<Reply> {
      const end = recorder.begin({ actor: person.id, conversation, kind: 'decide', ...decision })
      const reply = await callApi({
        url: at(api, `/approvals/${decision.approval}/decision`),
        method: 'POST',
        token: person.token,
        body: { decision: decision.decision, digest: decision.digest },
        headers: { 'idempotency-key': decision.key },
      })
      end({ outcome: outcomeOf(reply), status: reply.status })
      return reply
    },
    /** The first hundred of a list that agents read; it is no operation of the record. Null when there was no answer. */
    async list<T>(person: Person, api: number, path: string): Promise<T[] | null> {
      const reply = await callApi({ url: at(api, path), method: 'GET', token: person.token })
      return outcomeOf(reply) === 'ok' ? (reply.body as { data: T[] }).data : null
    },
    /** The same, all of it. */
    async listAll<T>(person: Person, api: number, path: string): Promise<T[] | null> {
      const found: T[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: string = cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`
        const reply = await callApi({ url: at(api, page), method: 'GET', token: person.token })
        if (outcomeOf(reply) !== 'ok') return null
        const { data, next_cursor: next } = reply.body as { data: T[]; next_cursor: string | null }
        found.push(...data)
        cursor = next
      }
      return found
    },
  }
}

/** Answered, handed to a person, or failed with an honest note: nobody waits for it any more. */
export function isSettled(seen: MessageSeen | null): boolean {
  return seen !== null && seen.status !== 'accepted' && seen.status !== 'processing'
}

function seenIn({ status, reply }: MessageBody): MessageSeen | null {
  return status === undefined ? null : { status, replyId: reply?.id ?? null, replyText: reply?.text ?? null }
}

function plainMessage({ id, seq, role, text, status, in_reply_to }: TranscriptMessage): TranscriptMessage {
  return { id, seq, role, text, in_reply_to, ...(status === undefined ? {} : { status }) }
}
