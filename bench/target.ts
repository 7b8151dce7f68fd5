// What is measured, from outside: everdesk or the floor system, both under the same two routes.
import type { Post } from './http.ts'

/** The first message of a conversation, or one more; both resolve when the answer is there. */
export type Target = {
  start: (customer: string, text: string) => Promise<{ conversation: string; reply: string }>
  say: (customer: string, conversation: string, text: string) => Promise<{ reply: string }>
  close: (customer: string, conversation: string) => Promise<void>
}

type Settled = { conversation?: { id: string }; reply?: { text: string; role: string } }

/** A target at this URL; `api` may be several, taken in turn. Rejects on anything but an answer of the AI. */
export function createTarget(request: {
  urls: readonly string[]
  token: (customer: string) => Promise<string>
  post: Post
}): Target {
  const { urls, token, post } = request
  let turn = 0
  const send = async (customer: string, path: string, body: object): Promise<Settled> => {
    const headers = { authorization: `Bearer ${await token(customer)}`, prefer: 'wait=60' }
    const answer = await post<Settled>(`${urls[turn++ % urls.length] ?? ''}${path}`, body, headers)
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
    return answer.body
  }
  const replyOf = ({ reply }: Settled): string => {
    if (reply?.role !== 'ai') throw new Error(`no answer within the wait: ${JSON.stringify(reply ?? null)}`)
    return reply.text
  }
  return {
    async start(customer, text) {
      const settled = await send(customer, '/v1/conversations', { message: { text } })
      return { conversation: settled.conversation?.id ?? '', reply: replyOf(settled) }
    },
    async say(customer, conversation, text) {
      return { reply: replyOf(await send(customer, `/v1/conversations/${conversation}/messages`, { text })) }
    },
    async close(customer, conversation) {
      await send(customer, `/v1/conversations/${conversation}/close`, {})
    },
  }
}
