import { z } from 'zod'
import { acceptMessage } from '../../kernel/accept-message.ts'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { messageProgress, transcript } from '../../kernel/reads/messages.ts'
import { isKnownIn } from '../../kernel/reads/repeats.ts'
import { messageView } from '../../kernel/say-message.ts'
import { announceMessage, countMessage } from '../incoming.ts'
import { newMessage, pageQuery, pageRequest } from '../inputs.ts'
import { noteRead } from '../note-access.ts'
import { notFound } from '../problem.ts'
import { defineRoute, ownerOf, type Route } from '../route.ts'
import { message, pageOf, progress } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'Messages'

export function messageRoutes(service: Service): Route[] {
  return [send(service), list(service), poll(service)]
}

const send = (service: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations/{conversation_id}/messages',
    summary: 'Send a message',
    tag,
    allow: ['customer'],
    body: newMessage,
    responses: {
      202: { description: 'Accepted for good', schema: z.object({ message }) },
      200: {
        description: 'Accepted and, by `Prefer: wait`, settled in time',
        schema: z.object({ message, reply: message.optional() }),
      },
    },
    async handle(call) {
      const { principal, body, idempotencyKey } = call
      const conversationId = call.param('conversation_id')
      // Before counting: another customer's conversation costs nothing of the hour.
      if (!(await findConversation(service.kernel, conversationId, principal.id))) throw notFound('conversation')
      const { text, masked } = service.mask(body.text)
      const key = body.id ?? idempotencyKey
      await countMessage(service, call, key === undefined ? undefined : `${conversationId}/${key}`, () =>
        isKnownIn(service.kernel, conversationId, body, idempotencyKey),
      )
      const accepted = await acceptMessage(service.kernel, {
        conversationId,
        customer: { id: principal.id },
        message: { id: body.id, text, masked },
        idempotencyKey,
      })
      const settled = await announceMessage(service, call, accepted)
      return settled ? { status: 200, ...settled } : { status: 202, body: { message: messageView(accepted.message) } }
    },
  })

const list = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/conversations/{conversation_id}/messages',
    summary: 'Read the transcript',
    tag,
    allow: ['customer', 'agent'],
    query: z.strictObject(pageQuery),
    responses: { 200: { description: 'Oldest first', schema: pageOf(message) } },
    async handle({ principal, param, query }) {
      const conversationId = param('conversation_id')
      if (!(await findConversation(kernel, conversationId, ownerOf(principal)))) throw notFound('conversation')
      await noteRead(kernel, principal, conversationId)
      const notes = principal.role !== 'customer'
      return { status: 200, body: await transcript(kernel, conversationId, { ...pageRequest(query), notes }) }
    },
  })

const poll = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/conversations/{conversation_id}/messages/{message_id}',
    summary: "Ask for a message's status and reply",
    tag,
    allow: ['customer', 'agent'],
    responses: { 200: { description: 'Its status, and its reply when there is one', schema: progress } },
    async handle({ principal, param }) {
      const conversationId = param('conversation_id')
      if (!(await findConversation(kernel, conversationId, ownerOf(principal)))) throw notFound('conversation')
      await noteRead(kernel, principal, conversationId)
      const found = await messageProgress(kernel, conversationId, param('message_id'))
      if (!found) throw notFound('message')
      const { id, status, reply } = found
      return { status: 200, body: { id, status, ...(reply ? { reply } : {}) } }
    },
  })
